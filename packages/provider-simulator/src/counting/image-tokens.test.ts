import { describe, expect, it } from '@jest/globals';
import { imageSize } from './image-size.js';
import { areaImageTokens, tiledImageTokens } from './image-tokens.js';

describe('image tokens', () => {
  // The examples of https://platform.openai.com/docs/guides/images-vision#calculating-costs
  it("agrees with OpenAI's examples", () => {
    expect(tiledImageTokens({ width: 1024, height: 1024 }, 'high')).toBe(765);
    expect(tiledImageTokens({ width: 2048, height: 4096 }, 'high')).toBe(1_105);
    expect(tiledImageTokens({ width: 4096, height: 8192 }, 'low')).toBe(85);
  });

  // The table of https://docs.anthropic.com/en/docs/build-with-claude/vision#calculate-image-costs
  it("agrees with Anthropic's examples", () => {
    expect(areaImageTokens({ width: 200, height: 200 })).toBe(54);
    expect(areaImageTokens({ width: 1000, height: 1000 })).toBe(1_334);
  });
});

describe('imageSize', () => {
  it('reads a PNG', () => {
    const png = Buffer.alloc(40);
    png.writeUInt32BE(0x89504e47, 0);
    png.writeUInt32BE(640, 16);
    png.writeUInt32BE(480, 20);
    expect(imageSize(png.toString('base64'))).toEqual({ width: 640, height: 480 });
  });

  it('reads a JPEG whose frame comes behind other segments', () => {
    const jpeg = Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      6,
      1,
      2,
      3,
      4,
      0xff,
      0xc0,
      0,
      11,
      8,
      0x01,
      0x00,
      0x02,
      0x00,
      ...Array.from({ length: 20 }, () => 0),
    ]);
    expect(imageSize(jpeg.toString('base64'))).toEqual({ width: 512, height: 256 });
  });

  it('knows nothing about anything else', () => {
    expect(imageSize(Buffer.alloc(100, 7).toString('base64'))).toBeUndefined();
    expect(imageSize('')).toBeUndefined();
  });
});
