import { describe, expect, it } from '@jest/globals';
import { keyedProviders, withoutProviderKeys } from './provider-keys.js';

const providers = [
  { id: 'openai', protocol: 'openai', env: ['OPENAI_API_KEY'], otherEnv: ['OPENAI_KEY'] },
  {
    id: 'cloudflare',
    protocol: 'openai',
    env: ['CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_KEY'],
    otherEnv: [],
  },
  {
    id: 'bedrock',
    protocol: 'bedrock',
    env: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    otherEnv: ['AWS_BEARER_TOKEN_BEDROCK'],
    envInstead: [['AWS_BEARER_TOKEN_BEDROCK']],
  },
  { id: 'other', protocol: 'its-own', env: ['OTHER_KEY'], otherEnv: [] },
];

describe('keyedProviders', () => {
  it('takes a provider when everything that it needs is set, and set to something', () => {
    expect(keyedProviders(providers, { OPENAI_API_KEY: 'sk', CLOUDFLARE_ACCOUNT_ID: 'x' })).toEqual([
      'openai',
    ]);
    expect(keyedProviders(providers, { OPENAI_API_KEY: '' })).toEqual([]);
    expect(keyedProviders(providers, { AWS_ACCESS_KEY_ID: 'AKIA' })).toEqual([]);
    expect(keyedProviders(providers, { AWS_BEARER_TOKEN_BEDROCK: 'ABSK' })).toEqual(['bedrock']);
  });

  it('leaves the simulator on for a key of a provider that no adapter can call', () => {
    expect(keyedProviders(providers, { OTHER_KEY: 'o' })).toEqual([]);
  });
});

describe('withoutProviderKeys', () => {
  it('keeps back every name of every provider', () => {
    const environment = { PATH: '/bin', OPENAI_API_KEY: 'a', OPENAI_KEY: 'b', OTHER_KEY: 'c' };
    expect(withoutProviderKeys(providers, environment)).toEqual({ PATH: '/bin' });
    expect(withoutProviderKeys(providers, { ...environment, ACME_KEY: 'd' }, ['ACME_KEY'])).toEqual({
      PATH: '/bin',
    });
  });
});
