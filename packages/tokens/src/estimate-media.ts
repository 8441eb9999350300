import type { ContentPart, ImagePart } from '@trunkline/contracts';
import { imageSizeOf, type ImageSize } from './image-size.js';

/** A 1024 × 1024 image in high detail: what is assumed of one that stands on the web. */
const UNKNOWN_SIZE: ImageSize = { width: 1024, height: 1024 };

/** Tokens of a part that is not text, about. */
export function estimateMedia(part: ContentPart): number {
  switch (part.type) {
    case 'image_url':
      return estimateImage(part);
    case 'input_audio':
      // 10 tokens a second; compressed speech has some 8 kB a second, PCM at 24 kHz 48 kB.
      return Math.ceil(
        (base64Bytes(part.input_audio.data.length) / (part.input_audio.format === 'wav' ? 48_000 : 8_000)) *
          10,
      );
    case 'file':
      // A page of a PDF has some 50 kB and 1,500 to 3,000 tokens.
      return Math.max(500, Math.ceil(base64Bytes(part.file.file_data?.length ?? 0) / 25));
    case 'video_url':
      // About 260 tokens a second; nothing says how long it is.
      return 10_000;
    case 'text':
    case 'refusal':
      return 0;
  }
}

function estimateImage({ image_url: { url, detail } }: ImagePart): number {
  if (detail === 'low') return 85;
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1;
  const size = comma < 0 ? null : imageSizeOf(url, comma + 1);
  return imageTokens(size ?? UNKNOWN_SIZE);
}

/**
 * The larger of OpenAI's count (170 for each tile of 512 pixels after fitting into 2048 × 2048 and 768 on the short
 * side, and 85) and Anthropic's (width × height ÷ 750, at most 1,600).
 * https://platform.openai.com/docs/guides/images-vision#calculating-costs
 * https://docs.claude.com/en/docs/build-with-claude/vision#calculate-image-costs
 */
export function imageTokens({ width, height }: ImageSize): number {
  const fit = Math.min(1, 2048 / Math.max(width, height, 1));
  const short = Math.min(1, 768 / Math.max(1, Math.min(width, height) * fit));
  const tiles = Math.ceil((width * fit * short) / 512) * Math.ceil((height * fit * short) / 512);
  const byArea = Math.min(1600, Math.ceil((width * height) / 750));
  return Math.max(85 + 170 * Math.max(1, tiles), byArea);
}

function base64Bytes(characters: number): number {
  return (characters * 3) / 4;
}
