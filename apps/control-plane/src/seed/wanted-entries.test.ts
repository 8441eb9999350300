import { describe, expect, it } from '@jest/globals';
import { loadCatalog } from '@trunkline/catalog';
import { allAdapters } from '@trunkline/providers';
import { wantedEntries } from './wanted-entries.js';
import { PLAIN_ENTRY } from './wanted-entry.js';

const catalog = loadCatalog();
const SIMULATOR = 'http://127.0.0.1:8090';

describe('the provider entries that the environment declares', () => {
  it('are simulated, one per provider that has an adapter and offers, where no real key is set', () => {
    const entries = wantedEntries(catalog, {}, SIMULATOR);
    expect(entries.length).toBeGreaterThanOrEqual(14);
    expect(entries).toContainEqual({
      ...PLAIN_ENTRY,
      providerId: 'openai',
      protocol: 'openai',
      baseUrl: `${SIMULATOR}/p/openai/v1`,
      source: 'simulator',
      apiKeys: ['sim-openai-1'],
    });
    expect(entries).toContainEqual({
      ...PLAIN_ENTRY,
      providerId: 'azure-openai',
      protocol: 'azure-openai',
      baseUrl: `${SIMULATOR}/p/azure-openai/openai/v1`,
      source: 'simulator',
      apiKeys: ['sim-azure-openai-1'],
    });
    expect(entries).toContainEqual(
      expect.objectContaining({ providerId: 'google', baseUrl: `${SIMULATOR}/p/google/v1beta` }),
    );
    const adapters = new Set(allAdapters().map(({ id }) => id));
    expect(entries.every(({ providerId }) => adapters.has(providerId))).toBe(true);
    expect(entries.every(({ baseUrl }) => !/[{}]/.test(baseUrl))).toBe(true);
  });

  it('are none without keys and without a simulator', () => {
    expect(wantedEntries(catalog, {}, null)).toEqual([]);
  });

  it('are the real ones alone as soon as there is one key', () => {
    const entries = wantedEntries(catalog, { GROQ_API_KEY: 'gsk_real' }, SIMULATOR);
    expect(entries).toEqual([
      {
        ...PLAIN_ENTRY,
        providerId: 'groq',
        protocol: 'openai',
        baseUrl: 'https://api.groq.com/openai/v1',
        source: 'environment',
        apiKeys: ['gsk_real'],
      },
    ]);
  });

  it('take the parts of an address from the environment', () => {
    const variables = { CLOUDFLARE_ACCOUNT_ID: 'acc 7', CLOUDFLARE_API_KEY: 'cf-key' };
    expect(wantedEntries(catalog, variables, null)).toMatchObject([
      { apiKeys: ['cf-key'], baseUrl: 'https://api.cloudflare.com/client/v4/accounts/acc%207/ai/v1' },
    ]);
    expect(wantedEntries(catalog, { CLOUDFLARE_API_KEY: 'cf-key' }, null)).toEqual([]);
    const azure = { AZURE_API_KEY: 'az-key', AZURE_RESOURCE_NAME: 'mine' };
    expect(wantedEntries(catalog, azure, null)).toMatchObject([
      { apiKeys: ['az-key'], baseUrl: 'https://mine.openai.azure.com/openai/v1' },
    ]);
  });

  it("have Amazon's keys as one credential, and its region in the address", () => {
    const keys = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'a/secret',
      AWS_REGION: 'eu-west-1',
    };
    expect(wantedEntries(catalog, keys, null)).toMatchObject([
      {
        providerId: 'bedrock',
        protocol: 'bedrock',
        baseUrl: 'https://bedrock-runtime.eu-west-1.amazonaws.com',
        apiKeys: ['AKIAIOSFODNN7EXAMPLE:a/secret'],
      },
    ]);
    const keysOf = (more: Record<string, string>) =>
      wantedEntries(catalog, { ...keys, ...more }, null)[0]?.apiKeys;
    expect(keysOf({ AWS_SESSION_TOKEN: 'token' })).toEqual(['AKIAIOSFODNN7EXAMPLE:a/secret:token']);
    expect(keysOf({ AWS_BEARER_TOKEN_BEDROCK: 'ABSK1' })).toEqual(['ABSK1']);
    const token = { AWS_BEARER_TOKEN_BEDROCK: 'ABSK1', AWS_REGION: 'us-west-2' };
    expect(wantedEntries(catalog, token, null)).toMatchObject([
      { baseUrl: 'https://bedrock-runtime.us-west-2.amazonaws.com', apiKeys: ['ABSK1'] },
    ]);
    expect(wantedEntries(catalog, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }, null)).toEqual([]);
  });

  it("have Google's account of a service, and the place in the address", () => {
    const vertex = {
      GOOGLE_APPLICATION_CREDENTIALS: '{"type":"service_account"}',
      GOOGLE_VERTEX_PROJECT: 'p',
    };
    const addressAt = (place: string) =>
      wantedEntries(catalog, { ...vertex, GOOGLE_VERTEX_LOCATION: place }, null)[0]?.baseUrl;
    expect(addressAt('us-east5')).toBe(
      'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5',
    );
    expect(addressAt('global')).toBe('https://aiplatform.googleapis.com/v1/projects/p/locations/global');
    expect(wantedEntries(catalog, { ...vertex, GOOGLE_VERTEX_LOCATION: 'eu' }, null)).toMatchObject([
      { providerId: 'vertex', protocol: 'vertex', apiKeys: ['{"type":"service_account"}'] },
    ]);
  });
});
