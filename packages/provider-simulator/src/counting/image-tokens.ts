import type { ImageSize } from './image-size.js';

/**
 * Tokens of an image after OpenAI's tile rule: 85, and with high detail 170 for each 512-pixel tile of the image fitted
 * into 2048 × 2048 and then scaled to a shortest side of 768.
 * https://platform.openai.com/docs/guides/images-vision#calculating-costs
 */
export function tiledImageTokens(size: ImageSize, detail: 'low' | 'high'): number {
  if (detail === 'low') return 85;
  const fit = Math.min(1, 2048 / Math.max(size.width, size.height, 1));
  const width = size.width * fit;
  const height = size.height * fit;
  const shrink = Math.min(1, 768 / Math.max(Math.min(width, height), 1));
  return 85 + 170 * Math.ceil((width * shrink) / 512) * Math.ceil((height * shrink) / 512);
}

/**
 * Tokens of an image after Anthropic's area rule: width × height / 750 of the image fitted into 1568 × 1568.
 * https://docs.anthropic.com/en/docs/build-with-claude/vision#calculate-image-costs
 */
export function areaImageTokens(size: ImageSize): number {
  const fit = Math.min(1, 1568 / Math.max(size.width, size.height, 1));
  return Math.max(1, Math.ceil((size.width * fit * size.height * fit) / 750));
}
