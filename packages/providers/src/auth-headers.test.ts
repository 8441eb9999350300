import { describe, expect, it } from '@jest/globals';
import { authHeaders } from './auth-headers.js';

describe('the header of a credential', () => {
  it('is what the provider wants', () => {
    expect(authHeaders({ type: 'bearer' }, 'k')).toEqual({ authorization: 'Bearer k' });
    expect(authHeaders({ type: 'header', header: 'x-api-key' }, 'k')).toEqual({ 'x-api-key': 'k' });
    expect(authHeaders({ type: 'optional-bearer' }, null)).toEqual({});
    expect(authHeaders({ type: 'optional-bearer' }, 'k')).toEqual({ authorization: 'Bearer k' });
  });

  it('cannot smuggle another header in, and the error does not repeat the credential', () => {
    for (const credential of ['secret\r\nx-evil: 1', 'secret ', 'sécret', '']) {
      expect(() => authHeaders({ type: 'bearer' }, credential)).toThrow(RangeError);
      expect(() => authHeaders({ type: 'bearer' }, credential)).not.toThrow(/secret/);
    }
    expect(() => authHeaders({ type: 'bearer' }, null)).toThrow('needs a credential');
  });
});
