import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DATA_FOLDER } from '../load-catalog.js';
import { printData } from './print-data.js';

const folder = new URL('models/', DATA_FOLDER);

describe('printed data', () => {
  it.each(readdirSync(folder))('leaves %s as it stands', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(printData(JSON.parse(text))).toBe(text);
  });
});
