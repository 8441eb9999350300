import { describe, expect, it } from '@jest/globals';
import { configurationTable, printedPart } from '@trunkline/testing';
import { environment, readEnvironment } from './environment.js';
import { seedEnvironment } from './seed-environment.js';

const DOCUMENT = new URL('../../../../docs/configuration.md', import.meta.url);

describe('the environment of the control plane', () => {
  it.each([
    ['control plane and worker', environment],
    ['seed', seedEnvironment],
  ])('is what the document says of %s (PRINT_DOCUMENTS=1 writes it)', (name, schema) => {
    const wanted = configurationTable(schema);
    expect(printedPart(DOCUMENT, name, wanted)).toBe(wanted);
  });

  it('names every variable that is missing or wrong at once, never its value', () => {
    expect(() => readEnvironment({ WORKER_PORT: 'secret' })).toThrow(
      /WORKER_PORT[^]*DATABASE_URL[^]*REDIS_URL/,
    );
    expect(() => readEnvironment({ WORKER_PORT: 'secret' })).not.toThrow(/secret/);
  });
});
