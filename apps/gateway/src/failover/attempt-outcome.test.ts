import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { OUTCOME_RULES } from './attempt-outcome.js';

describe('OUTCOME_RULES', () => {
  it('are the table of docs/failover.md', () => {
    const page = readFileSync(new URL('../../../../docs/failover.md', import.meta.url), 'utf8');
    const table = /<!-- outcomes:.*-->\n([^]*?)<!-- end of outcomes -->/.exec(page)?.[1];
    const rows = Object.entries(OUTCOME_RULES).map(
      ([outcome, rule]) =>
        `| ${outcome} | ${rule.sameTarget} | ${rule.otherTarget} | ${rule.otherModel ? 'yes' : 'no'} | ${rule.breaker} | ${rule.rescue ? 'yes' : 'no'} |\n`,
    );
    expect(table).toBe(rows.join(''));
  });
});
