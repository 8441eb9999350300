import { describe, expect, it } from '@jest/globals';
import type { ResponseItem } from '@trunkline/contracts';
import { withOwnImagesShown } from './read-image-call.js';

const PNG = 'iVBORw0KGgoAAAANSUhEUg==';
const item = (id: string): ResponseItem => ({
  type: 'image_generation_call',
  id,
  status: 'completed',
  result: PNG,
});

describe('pictures of earlier turns before an upstream of this dialect', () => {
  it('are shown by the user where this gateway numbered them', () => {
    const own = 'ig_0199f0c2a3b47c11a2b3c4d5e6f708090001';
    expect(withOwnImagesShown([item(own)])).toEqual([
      {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_image', image_url: `data:image/png;base64,${PNG}`, detail: 'auto' }],
      },
    ]);
  });

  it("stay as they are where they are the upstream's own", () => {
    const items = [item('ig_68f0a1b2c3d4819c9e8f7a6b5c4d3e2f0123456789abcdef01')];
    expect(withOwnImagesShown(items)).toBe(items);
  });
});
