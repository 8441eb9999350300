// Writes openapi.json and src/schema.ts from the schemas of @trunkline/contracts. `--check` only compares.
// openapi-typescript prints types through the compiler's API, which TypeScript 7 does not have: hence 5.9 here.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '@trunkline/contracts/control-plane';
import openapiTypeScript, { astToString } from 'openapi-typescript';

const document = openApiDocument();
const notice = '// Printed from openapi.json by scripts/generate.mjs; not edited by hand.\n\n';
const files = {
  '../openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  '../src/schema.ts':
    notice + astToString(await openapiTypeScript(structuredClone(document), { alphabetize: true })),
};

const stale = [];
for (const [path, text] of Object.entries(files)) {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === text) continue;
  stale.push(path.replace('../', ''));
  if (!process.argv.includes('--check')) await writeFile(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(
    `${stale.join(' and ')} differ from the schemas: run \`pnpm --filter @trunkline/control-plane-client generate\`.`,
  );
  process.exitCode = 1;
}
