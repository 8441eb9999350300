import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '@trunkline/contracts/control-plane';
import openapiTypeScript, { astToString } from 'openapi-typescript';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** To make it so: `pnpm --filter @trunkline/control-plane-client generate`. */
describe('the printed client', () => {
  it('has the document that the schemas make', () => {
    expect(JSON.parse(read('../openapi.json'))).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it('has the types that the document makes', async () => {
    const document = JSON.parse(read('../openapi.json')) as Parameters<typeof openapiTypeScript>[0];
    const printed = astToString(await openapiTypeScript(document, { alphabetize: true }));
    expect(read('./schema.ts').endsWith(printed)).toBe(true);
  });
});
