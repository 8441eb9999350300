import { describe, expect, it } from '@jest/globals';
import { readModelName } from './model-name.js';
import { nearestNames } from './nearest-names.js';
import { smallCatalog } from './testing/small-catalog.js';

const { catalog } = smallCatalog({
  models: [{ id: 'acme/one' }, { id: 'acme/two' }, { id: 'other/one' }],
  offers: [
    { model: 'acme/one', provider: 'acme', providerModel: 'one-native' },
    { model: 'acme/one', provider: 'host', providerModel: 'acme/one-turbo:v2' },
    { model: 'acme/two', provider: 'host' },
  ],
  names: [
    { name: 'one', modelId: 'acme/one' },
    { name: 'one-2025-01-01', modelId: 'acme/one', sendAs: { acme: 'one-native-2025-01-01' } },
  ],
  providers: ['acme', 'host'],
});

const read = (text: string) => {
  const reading = readModelName(catalog, text);
  return (
    reading &&
    [reading.modelId, reading.variant, reading.pinnedProvider, reading.pinnedOffer]
      .map((part) => part ?? '-')
      .join(' ')
  );
};

describe('readModelName', () => {
  it.each([
    ['acme/one', 'acme/one - - -'],
    ['acme/one:floor', 'acme/one floor - -'],
    ['one', 'acme/one - - -'],
    ['one:nitro', 'acme/one nitro - -'],
    ['acme/one-2025-01-01', 'acme/one - - -'],
    ['host:acme/one', 'acme/one - host -'],
    ['host:one', 'acme/one - host -'],
    ['host:one:floor', 'acme/one floor host -'],
    ['host:acme/one-turbo:v2', 'acme/one - host acme/one@host'],
    ['host/acme/one-turbo:v2', 'acme/one - host acme/one@host'],
    ['acme/one-native', 'acme/one - acme acme/one@acme'],
    ['host/two', 'acme/two - host acme/two@host'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '@alias',
    'nobody',
    'other/one-2025-01-01',
    'acme:two',
    'host:host:one',
    'acme/one:floor:nitro',
    'acme/one:online',
    ':floor',
    '',
    'constructor',
    '__proto__',
  ])('never guesses what %s may mean', (text) => {
    expect(read(text)).toBeNull();
  });

  it('remembers under which name a dated version is sent', () => {
    expect(readModelName(catalog, 'one-2025-01-01')?.name?.sendAs).toEqual({ acme: 'one-native-2025-01-01' });
  });
});

describe('nearestNames', () => {
  it('names the models that look most like what was written', () => {
    expect(nearestNames(catalog, 'acme/ome', () => true)).toContain('acme/one');
    expect(nearestNames(catalog, 'zzzzzzzz', () => true)).toEqual([]);
    expect(nearestNames(catalog, 'acme/ome', (id) => id !== 'acme/one')).not.toContain('acme/one');
    expect(nearestNames(catalog, 'x'.repeat(100_000), () => true)).toEqual([]);
  });
});
