import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ATTEMPT_OUTCOMES } from '@trunkline/contracts';
import { ERROR_CODES, type ErrorCodeEntry } from './error-codes.js';
import { CODE_OF_OUTCOME } from './outcome-codes.js';

const documented = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );

describe('the table of error codes', () => {
  it('is the same as the one in docs/errors.md', () => {
    const rows = Object.entries<ErrorCodeEntry>(ERROR_CODES).map(([code, entry]) => [
      code,
      String(entry.status),
      entry.openAi,
      entry.anthropicStatus === undefined ? entry.anthropic : `${entry.anthropic} (${entry.anthropicStatus})`,
      entry.openRouter,
      entry.owner,
      entry.retryable ? 'yes' : 'no',
      entry.meaning,
    ]);
    expect(documented).toEqual(rows);
  });

  it('never tells a client to repeat what is its own fault', () => {
    const wrong = Object.entries<ErrorCodeEntry>(ERROR_CODES)
      .filter(([, entry]) => entry.owner === 'client' && entry.retryable && entry.status !== 408)
      .map(([code]) => code);
    expect(wrong).toEqual([]);
  });

  it('has a code for every outcome but success', () => {
    expect(Object.keys(CODE_OF_OUTCOME).sort()).toEqual(
      ATTEMPT_OUTCOMES.filter((name) => name !== 'success').sort(),
    );
  });
});
