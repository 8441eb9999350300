import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '@/lib/api';
import { chooseTargets, headline, signalOf, uptimeText } from './status-words';

const none = { '5m': null, '1h': null, '24h': null };
const provider = (providerName: string, state: Schemas['ProviderStatus']['state']) => ({
  providerId: providerName.toLowerCase(),
  providerName,
  state,
  windows: none,
});
const status = (...providers: Schemas['PlatformStatus']['providers']): Schemas['PlatformStatus'] => ({
  madeAt: '2026-11-21T12:00:00.000Z',
  providers,
  targets: [],
});

describe('the headline', () => {
  it('names who is down before who is degraded, and counts many', () => {
    const down = provider('OpenAI', 'down');
    const slow = provider('Groq', 'degraded');
    const well = provider('Mistral', 'operational');
    expect(headline(status(down, slow, well))).toEqual({
      signal: 'stop',
      text: 'OpenAI does not answer most calls',
    });
    expect(headline(status(slow, well)).text).toBe('Groq answers only some calls');
    expect(headline(status(down, down, down)).text).toBe('3 providers do not answer most calls');
    expect(headline(status(well)).signal).toBe('clear');
    expect(headline(status(provider('xAI', 'quiet'))).signal).toBe('idle');
    expect(headline(status()).signal).toBe('idle');
  });
});

describe('an uptime', () => {
  it.each([
    [null, '–', 'idle'],
    [1_000_000, '100%', 'clear'],
    [999_999, '99.99%', 'clear'],
    [979_999, '97.99%', 'caution'],
    [0, '0.00%', 'stop'],
  ])('of %j is %s', (uptimePpm, text, signal) => {
    expect([uptimeText(uptimePpm), signalOf(uptimePpm)]).toEqual([text, signal]);
  });
});

describe('the search', () => {
  const targets: Schemas['PlatformStatus']['targets'] = [
    { providerId: 'openai', modelId: 'openai/gpt-4o', modelName: 'GPT-4o', state: 'quiet', windows: none },
    { providerId: 'groq', modelId: 'meta/llama', modelName: 'Llama', state: 'quiet', windows: none },
  ];

  it('finds by id, name and provider, every word of it', () => {
    const found = (q: string, by = '') =>
      chooseTargets(targets, { q, provider: by }).map(({ modelId }) => modelId);
    expect(found('')).toHaveLength(2);
    expect(found('gpt OPENAI')).toEqual(['openai/gpt-4o']);
    expect(found('groq')).toEqual(['meta/llama']);
    expect(found('gpt groq')).toEqual([]);
    expect(found('', 'groq')).toEqual(['meta/llama']);
  });
});
