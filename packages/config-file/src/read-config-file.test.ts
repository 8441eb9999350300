import { describe, expect, it } from '@jest/globals';
import { ConfigFileError } from './config-file-error.js';
import { parseConfigFile, readConfigFile } from './read-config-file.js';

const VARIABLES = { ACME_KEY_1: 'sk-one', ACME_KEY_2: 'sk-two', EMPTY: '', YAMLISH: '{a: [1]}' };
const parse = (text: string) => parseConfigFile(text, VARIABLES, 'trunkline.yaml');

function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigFileError) return error.problems;
    throw error;
  }
  return [];
}

const ACME = `
providers:
  - id: acme
    protocol: openai
    baseUrl: http://10.0.0.5:8000/v1
    apiKeys: ["\${ACME_KEY_1}", "\${ACME_KEY_2}"]
    deployments: { tiny-1: our-tiny }
    unlistedModels: allow
    defaultPrice: { input: "0.50", output: "1.50" }
`;

describe('a configuration file', () => {
  it('declares providers, with variables in its strings', () => {
    expect(parse(ACME)).toEqual({
      providers: [
        {
          id: 'acme',
          protocol: 'openai',
          baseUrl: 'http://10.0.0.5:8000/v1',
          apiKeys: ['sk-one', 'sk-two'],
          deployments: { 'tiny-1': 'our-tiny' },
          unlistedModels: 'allow',
          defaultPrice: { input: '0.50', output: '1.50' },
          models: [],
        },
      ],
      secretVariables: ['ACME_KEY_1', 'ACME_KEY_2'],
    });
  });

  it('may be empty', () => {
    expect(parse('')).toEqual({ providers: [], secretVariables: [] });
    expect(parse('# nothing yet\n')).toEqual({ providers: [], secretVariables: [] });
  });

  it('takes a variable as text, whatever it looks like', () => {
    const [provider] = parse('providers: [{ id: openai, apiKey: "${YAMLISH}" }]').providers;
    expect(provider?.apiKey).toBe('{a: [1]}');
  });

  it('is refused with line and path for a variable that is not set or empty', () => {
    expect(problemsOf('providers:\n  - id: openai\n    apiKey: ${NOBODY}\n')).toEqual([
      'line 3: providers[0].apiKey the environment variable NOBODY is not set',
    ]);
    expect(problemsOf('providers: [{ id: openai, apiKey: "${EMPTY}" }]')).toEqual([
      'line 1: providers[0].apiKey the environment variable EMPTY is not set',
    ]);
    expect(problemsOf('providers: [{ id: openai, apiKey: "${constructor}" }]')).toHaveLength(1);
    expect(problemsOf('providers: [{ id: openai, apiKey: "${A B}" }]')[0]).toContain(
      'the name of a variable',
    );
    expect(problemsOf('providers: [{ id: openai, apiKey: "${ACME" }]')[0]).toContain(
      'the name of a variable',
    );
  });

  it('is refused for keys that nobody knows, and says which sections come later', () => {
    expect(problemsOf('provider: []')).toEqual(['line 1: provider is not a section of this file']);
    expect(problemsOf('policies: {}\nproviders: []')).toEqual([
      'line 1: policies is not supported yet: only providers are',
    ]);
    expect(problemsOf('providers:\n  - id: openai\n    apikey: x\n')).toEqual([
      'line 3: providers[0].apikey is not a key that is known here',
    ]);
  });

  it.each([
    ['an id with capitals', '{ id: Acme }', 'providers[0].id'],
    [
      'a number as a price',
      '{ id: a, defaultPrice: { input: 0.5, output: "1" } }',
      'providers[0].defaultPrice.input',
    ],
    ['half a price', '{ id: a, defaultPrice: { input: "0.5" } }', 'providers[0].defaultPrice'],
    ['unlisted models without a price', '{ id: a, unlistedModels: allow }', 'providers[0].defaultPrice'],
    ['a model without any price', '{ id: a, models: [{ name: m }] }', 'providers[0].defaultPrice'],
    ['a number as a key', '{ id: a, apiKey: 123456 }', 'providers[0].apiKey'],
    ['a key and keys', '{ id: a, apiKey: k, apiKeys: [l] }', 'providers[0].apiKeys'],
    ['the same key twice', '{ id: a, apiKeys: [k, k] }', 'providers[0].apiKeys'],
    ['no URL', '{ id: a, baseUrl: "ftp://x" }', 'providers[0].baseUrl'],
    ['the same provider twice', '{ id: a }, { id: a }', 'providers[1].id'],
  ])('is refused for %s', (_, providers, path) => {
    const problems = problemsOf(`providers: [${providers}]`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${path} `);
  });

  it('repeats no value in its complaints, not even of broken YAML', () => {
    for (const text of [
      'providers:\n  - id: openai\n    apiKey: "sk-secret\n  x: [',
      'providers: [{ id: openai, apiKeys: "sk-secret" }]',
      'a: &a sk-secret\nb: *nobody\n',
    ]) {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain('sk-secret');
    }
  });

  it('is refused when it multiplies itself without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const letter of 'bcdefgh') {
      const before = String.fromCharCode(letter.charCodeAt(0) - 1);
      bomb.push(`${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
    }
    expect(problemsOf(bomb.join('\n'))).toHaveLength(1);
  });

  it('is refused when it is not there', async () => {
    await expect(readConfigFile('/nowhere/trunkline.yaml', {})).rejects.toThrow('there is no such file');
  });
});
