import { describe, expect, it } from '@jest/globals';
import { printStamp, StampReader } from './chunk-stamp.js';

describe('StampReader', () => {
  it('finds every stamp once, however the bytes are cut', () => {
    const text = Buffer.from(
      `data: {"a":"${printStamp(1)} x"}\n\ndata: {"a":"<b>${printStamp(987_654_321_012)}"}\n\n`,
    );
    for (let cut = 1; cut <= text.length; cut += 1) {
      const seen: number[] = [];
      const reader = new StampReader((us) => seen.push(us));
      for (let at = 0; at < text.length; at += cut) reader.push(text.subarray(at, at + cut));
      expect(seen).toEqual([1, 987_654_321_012]);
    }
  });
});
