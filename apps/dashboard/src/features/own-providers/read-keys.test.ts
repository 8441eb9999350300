import { describe, expect, it } from '@jest/globals';
import { readKeys } from './read-keys';

describe('typed keys', () => {
  it('are read one a line', () => {
    expect(readKeys(' sk-one \n\n sk-two\r\n')).toEqual(['sk-one', 'sk-two']);
    expect(readKeys('  \n ')).toEqual([]);
    expect(readKeys(null)).toEqual([]);
  });

  it('are one where a whole file was pasted', () => {
    const file = '{\n  "type": "service_account"\n}';
    expect(readKeys(`${file}\n`)).toEqual([file]);
  });
});
