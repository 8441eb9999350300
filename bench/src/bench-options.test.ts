import { describe, expect, it } from '@jest/globals';
import { PARTS, readOptions } from './bench-options.js';

describe('readOptions', () => {
  it('runs everything, briefly, when nothing is asked for', () => {
    expect(readOptions([])).toMatchObject({ write: false, rounds: 5, streams: 500, parts: new Set(PARTS) });
  });

  it('takes what is asked for', () => {
    expect(readOptions(['--write', '--streams', '5000', '--only', 'latency,drain'])).toMatchObject({
      write: true,
      streams: 5_000,
      parts: new Set(['latency', 'drain']),
    });
  });

  it('names the option that is wrong', () => {
    expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds must be a whole number');
    expect(() => readOptions(['--only', 'speed'])).toThrow('not "speed"');
    expect(() => readOptions(['--quick'])).toThrow("'--quick'");
  });
});
