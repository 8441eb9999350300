import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadCatalog } from '@trunkline/catalog';
import { withCredentialFiles } from './credential-files.js';

const catalog = loadCatalog();
const account = '{"type":"service_account"}';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-credentials-'));
  await writeFile(join(folder, 'account.json'), account);
});
afterAll(() => rm(folder, { recursive: true }));

const vertex = (credentials: string) => ({
  GOOGLE_APPLICATION_CREDENTIALS: credentials,
  GOOGLE_VERTEX_PROJECT: 'p',
  GOOGLE_VERTEX_LOCATION: 'global',
});

it.each([() => join(folder, 'account.json'), () => account])(
  'a credential is read from its file, or stands there',
  async (value) => {
    expect(await withCredentialFiles(catalog, vertex(value()))).toEqual(vertex(account));
  },
);

it('a file that is not there is an error that names the variable, unless the provider is not named whole', async () => {
  const missing = vertex(join(folder, 'none.json'));
  await expect(withCredentialFiles(catalog, missing)).rejects.toThrow(
    'GOOGLE_APPLICATION_CREDENTIALS names a file',
  );
  const partial = { GOOGLE_APPLICATION_CREDENTIALS: missing.GOOGLE_APPLICATION_CREDENTIALS };
  expect(await withCredentialFiles(catalog, partial)).toEqual(partial);
});
