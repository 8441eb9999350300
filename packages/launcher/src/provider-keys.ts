import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A provider's names in the environment, from the catalog's data. */
export interface ProviderVariables {
  id: string;
  protocol: string;
  /** Those that together make it callable. */
  env: string[];
  otherEnv: string[];
  /** Other sets that are enough in place of `env`. */
  envInstead?: string[][];
}

/** Reads them for every provider of the catalog. */
export async function providerVariables(root: string): Promise<ProviderVariables[]> {
  const folder = join(root, 'packages', 'catalog', 'data', 'providers');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    files.map(async (file) => parse(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  );
}

// The protocols that an adapter speaks. A key of another provider must not leave someone without any model.
const spokenProtocols = new Set([
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'cohere',
  'bedrock',
  'vertex',
]);

/**
 * The providers that can be called with what the environment has. `CLOUDFLARE_ACCOUNT_ID` alone is nobody's key, so a
 * provider counts when all its names are set.
 */
export function keyedProviders(
  providers: readonly ProviderVariables[],
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  return providers
    .filter(({ protocol }) => spokenProtocols.has(protocol))
    .filter((provider) => [provider.env, ...(provider.envInstead ?? [])].some((names) => areSet(names, env)))
    .map(({ id }) => id);
}

function areSet(names: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  return names.length > 0 && names.every((name) => env[name]);
}

/**
 * The environment without anything that a provider could be called with.
 *
 * @param others names of further variables that hold such keys
 */
export function withoutProviderKeys<T>(
  providers: readonly ProviderVariables[],
  env: Readonly<Record<string, T>>,
  others: readonly string[] = [],
): Record<string, T> {
  const names = new Set([
    ...providers.flatMap((provider) => [...provider.env, ...provider.otherEnv]),
    ...others,
  ]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.has(name)));
}

function parse(data: unknown): ProviderVariables {
  const record = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const strings = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return {
    id: String(record['id']),
    protocol: String(record['protocol']),
    env: strings(record['env']),
    otherEnv: strings(record['otherEnv']),
    envInstead: (Array.isArray(record['envInstead']) ? record['envInstead'] : []).map(strings),
  };
}
