import type { ChatRequest } from '@trunkline/contracts';

const RESOLUTIONS: ReadonlyMap<unknown, string> = new Map([
  ['low', 'MEDIA_RESOLUTION_LOW'],
  ['high', 'MEDIA_RESOLUTION_HIGH'],
]);

/**
 * The detail of images, which Gemini takes for all media of a request together: said where all are images of one detail.
 * https://ai.google.dev/gemini-api/docs/media-resolution
 * @returns for `generationConfig.mediaResolution`; null leaves it to the model
 */
export function toMediaResolution({ messages }: ChatRequest): string | null {
  const details = new Set<unknown>();
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      if (part.type === 'image_url') details.add(part.image_url.detail ?? 'auto');
      else if (part.type === 'video_url' || part.type === 'file') details.add('auto');
    }
  }
  const [only] = details;
  return details.size === 1 ? (RESOLUTIONS.get(only) ?? null) : null;
}
