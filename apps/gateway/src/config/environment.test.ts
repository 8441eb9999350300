import { describe, expect, it } from '@jest/globals';
import { configurationTable, printedPart } from '@trunkline/testing';
import { environment, readEnvironment } from './environment.js';

const DOCUMENT = new URL('../../../../docs/configuration.md', import.meta.url);

describe('the environment of the gateway', () => {
  it('is what the document says (PRINT_DOCUMENTS=1 writes it)', () => {
    const wanted = configurationTable(environment);
    expect(printedPart(DOCUMENT, 'gateway', wanted)).toBe(wanted);
  });

  it('names every variable that is missing or wrong at once', () => {
    expect(() => readEnvironment({ GATEWAY_PORT: 'http' })).toThrow(
      /GATEWAY_PORT[^]*GATEWAY_STATE_DIR[^]*DATABASE_URL[^]*REDIS_URL[^]*TRUNKLINE_MASTER_KEY/,
    );
  });
});
