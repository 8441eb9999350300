import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BILLING_REASONS, type UpstreamFailure } from '@trunkline/contracts';
import { WHO_PAYS, whoPays } from './who-pays.js';

const failure = (outcome: UpstreamFailure['outcome']): UpstreamFailure => ({
  outcome,
  statusCode: null,
  retryAfterMs: null,
  providerCode: null,
  message: '',
  param: null,
});

describe('whoPays', () => {
  it('has a row for every reason, and docs/billing.md the same', () => {
    expect(Object.keys(WHO_PAYS).sort()).toEqual([...BILLING_REASONS].sort());
    const page = readFileSync(new URL('../../../../docs/billing.md', import.meta.url), 'utf8');
    const table = /<!-- reasons:.*-->\n([^]*?)<!-- end of reasons -->/.exec(page)?.[1] ?? '';
    const rows = table
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, reason, , charge]) => [reason, charge]);
    expect(Object.fromEntries(rows)).toEqual(WHO_PAYS);
  });

  it('charges finished answers, what was delivered, and nothing else', () => {
    expect(whoPays({ kind: 'finished' })).toEqual({ reason: 'finished', customerPays: 'usage' });
    expect(whoPays({ kind: 'failed', failure: failure('timeout') })).toEqual({
      reason: 'failed',
      customerPays: 'nothing',
    });
    expect(whoPays({ kind: 'failed', failure: failure('empty') })).toEqual({
      reason: 'empty',
      customerPays: 'nothing',
    });
    expect(whoPays({ kind: 'failed', failure: null })).toEqual({ reason: 'failed', customerPays: 'nothing' });
    expect(whoPays({ kind: 'cut' })).toEqual({ reason: 'truncated', customerPays: 'nothing' });
    expect(whoPays({ kind: 'client_left', committed: false }).customerPays).toBe('nothing');
    expect(whoPays({ kind: 'client_left', committed: true }).customerPays).toBe('delivered');
    expect(whoPays({ kind: 'out_of_budget' })).toEqual({
      reason: 'budget_exceeded',
      customerPays: 'delivered',
    });
  });
});
