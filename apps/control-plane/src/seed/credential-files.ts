import { readFile } from 'node:fs/promises';
import type { Catalog } from '@trunkline/catalog';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the content of credential files in place of their names: Google's tools know a service account by
 * the path in GOOGLE_APPLICATION_CREDENTIALS. Those of providers that are not named whole are left alone.
 * @throws Error for a file that cannot be read; the message has no word of its content
 */
export async function withCredentialFiles(catalog: Catalog, variables: Variables): Promise<Variables> {
  const named = catalog.providers
    .filter(({ env }) => env.every((name) => variables[name]))
    .flatMap(({ env }) => env.filter((name) => name.endsWith('_CREDENTIALS')));
  const read = await Promise.all(
    [...new Set(named)].map(async (name): Promise<[string, string]> => {
      const value = variables[name] ?? '';
      return [name, value.trimStart().startsWith('{') ? value : await contentOf(name, value)];
    }),
  );
  return { ...variables, ...Object.fromEntries(read) };
}

async function contentOf(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`${name} names a file that cannot be read: ${path}`, { cause });
  }
}
