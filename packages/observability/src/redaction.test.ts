import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { REDACTED_PATHS, scrubSecrets } from './redaction.js';

describe('scrubSecrets', () => {
  it.each([
    'sk-tl-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    'sk-proj-1234567890abcdef',
    'gsk_1234567890abcdef',
    'AIzaSyA1234567890abcdefghijk',
    'hf_abcdefghijklmnop',
  ])('takes %s out of a message', (secret) => {
    expect(scrubSecrets(`Incorrect API key provided: ${secret}. See the docs`)).toBe(
      'Incorrect API key provided: [secret]. See the docs',
    );
  });

  it('takes out whatever stands behind Bearer', () => {
    expect(scrubSecrets('authorization: Bearer abc.def')).toBe('authorization: Bearer [secret]');
  });

  it('leaves ordinary words alone', () => {
    expect(scrubSecrets('the task-force asked for gpt-4o-mini-2024-07-18')).toBe(
      'the task-force asked for gpt-4o-mini-2024-07-18',
    );
  });
});

describe('REDACTED_PATHS', () => {
  it('hides headers and fields that carry secrets, at the top and one level down', () => {
    const lines: string[] = [];
    const log = pino(
      { redact: { paths: REDACTED_PATHS, censor: '[secret]' }, base: null },
      {
        write: (line: string) => lines.push(line),
      },
    );
    log.info({
      authorization: 'canary',
      request: { headers: { 'x-api-key': 'canary' }, password: 'canary' },
    });
    expect(lines.join('')).not.toContain('canary');
  });
});
