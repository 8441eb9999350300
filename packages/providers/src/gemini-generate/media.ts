import type { ContentPart } from '@trunkline/contracts';
import { Refusal } from '../refusal.js';

export type GeminiPart = Record<string, unknown>;

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*(;base64)?,/;

/** Types by ending, for addresses: the type of what stands there must be said. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
};

/**
 * Image, audio, video or document as a part: bytes in place, addresses on the web by reference.
 * https://ai.google.dev/gemini-api/docs/file-input-methods
 * @param path of the part, for the refusal
 * @throws Refusal for what Gemini cannot be given
 */
export function mediaPart(part: ContentPart, path: string): GeminiPart {
  switch (part.type) {
    case 'image_url':
      return filePart(part.image_url.url, `${path}.image_url.url`, 'image/jpeg');
    case 'video_url':
      return filePart(part.video_url.url, `${path}.video_url.url`, 'video/mp4');
    case 'input_audio':
      return {
        inlineData: {
          mimeType: `audio/${part.input_audio.format.toLowerCase()}`,
          data: part.input_audio.data,
        },
      };
    case 'file':
      if (!part.file.file_data) throw new Refusal(`${path}.file.file_data`, 'A file needs its data.');
      return filePart(part.file.file_data, `${path}.file.file_data`, 'application/pdf');
    default:
      throw new Refusal(path, `Content of type ${part.type} cannot be sent to this provider.`);
  }
}

function filePart(url: string, path: string, usualType: string): GeminiPart {
  if (/^https:/i.test(url)) return { fileData: { mimeType: typeOf(url) ?? usualType, fileUri: url } };
  // Only the head is looked at: the rest may be 30 MB.
  const match = DATA_URL.exec(url.slice(0, 256));
  if (!match?.[2]) throw new Refusal(path, 'Not an https URL and not a base64 data URL.');
  const mimeType = (match[1] ?? 'text/plain').toLowerCase();
  const data = url.slice(match[0].length);
  return { inlineData: { mimeType: mimeType === 'image/jpg' ? 'image/jpeg' : mimeType, data } };
}

function typeOf(url: string): string | null {
  const ending = /\.(\w{2,5})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, ending) ? (TYPES[ending] ?? null) : null;
}
