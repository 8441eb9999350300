import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '@/lib/api';
import { stateOf, subjectOf } from './breaker-words';

const breaker: Schemas['OpenBreaker'] = {
  name: 'entry:e',
  scope: 'entry',
  cause: 'outage',
  detail: 'transport',
  waitsForProbe: false,
  since: '2026-11-21T12:00:00.000Z',
  until: '2026-11-21T12:00:02.000Z',
  times: 1,
  entryId: 'e',
  providerId: 'openai',
  providerName: 'OpenAI',
  region: null,
  offerId: null,
  credentialId: null,
  credentialHint: null,
};

describe('an open breaker', () => {
  it.each([
    [{}, 'OpenAI'],
    [{ region: 'eu-west-1' }, 'OpenAI, eu-west-1'],
    [{ providerName: null }, 'entry e'],
    [{ scope: 'target', offerId: 'openai/gpt-4o@openai' }, 'openai/gpt-4o'],
    [{ scope: 'credential', credentialHint: 'sk-…9f', credentialId: '0190-abcdef' }, 'sk-…9f (abcdef)'],
    [{ scope: 'credential' }, 'a credential that is gone'],
  ] as const)('with %j is named %s', (changes, name) => {
    expect(subjectOf({ ...breaker, ...changes })).toBe(name);
  });

  it.each([
    [{}, 'open'],
    [{ waitsForProbe: true }, 'waits for a call to try'],
    [{ cause: 'cooling' }, 'cools'],
  ] as const)('with %j is in state %s', (changes, word) => {
    expect(stateOf({ ...breaker, ...changes }).word).toBe(word);
  });
});
