import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createApiKey } from '@trunkline/secrets';
import { markMedia } from './media-marks.js';

describe('markMedia', () => {
  it('puts hash and size in the place of pictures and sounds, as data URLs and bare', () => {
    const media = randomBytes(3_000).toString('base64');
    const marked = markMedia(
      JSON.stringify({ image_url: { url: `data:image/png;base64,${media}` }, input_audio: { data: media } }),
    );
    expect(JSON.parse(marked)).toEqual({
      image_url: {
        url: expect.stringMatching(/^data:image\/png;base64,\[sha256 [0-9a-f]{64}, 3000 bytes\]$/),
      },
      input_audio: { data: expect.stringMatching(/^\[sha256 [0-9a-f]{64}, 3000 bytes\]$/) },
    });
  });

  it('takes out keys of ours that someone pasted, and leaves other text as it is', () => {
    const { key } = createApiKey();
    expect(markMedia(`my key is ${key}, is that right?`)).toBe('my key is [secret], is that right?');
    const text = JSON.stringify({ text: 'words and words '.repeat(500) });
    expect(markMedia(text)).toBe(text);
  });
});
