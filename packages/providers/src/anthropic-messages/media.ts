import type { ContentPart, FilePart, ImagePart } from '@trunkline/contracts';
import { Refusal } from '../refusal.js';

export type ClaudeBlock = Record<string, unknown> & { type: string };

/** https://docs.claude.com/en/docs/build-with-claude/vision */
const IMAGE_TYPES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
/** Texts of other names. */
const TEXT_TYPES = new Set(['application/json', 'application/xml', 'application/x-yaml', 'application/yaml']);
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*(;base64)?,/;

/**
 * Image or document as a block.
 * @param path of the part, for the refusal
 * @throws Refusal for what Claude cannot be given
 */
export function mediaBlock(part: ContentPart, path: string): ClaudeBlock {
  switch (part.type) {
    case 'image_url':
      return imageBlock(part, `${path}.image_url.url`);
    case 'file':
      return documentBlock(part, `${path}.file.file_data`);
    default:
      throw new Refusal(path, `Content of type ${part.type} cannot be sent to this provider.`);
  }
}

function imageBlock(part: ImagePart, path: string): ClaudeBlock {
  const { url } = part.image_url;
  if (/^https?:/i.test(url)) return { type: 'image', source: { type: 'url', url } };
  const { mediaType, data } = readDataUrl(url, path);
  const type = mediaType === 'image/jpg' ? 'image/jpeg' : mediaType;
  if (!IMAGE_TYPES.has(type))
    throw new Refusal(path, `Images of type ${type} cannot be sent to this provider.`);
  return { type: 'image', source: { type: 'base64', media_type: type, data } };
}

function documentBlock(part: FilePart, path: string): ClaudeBlock {
  const { file_data: fileData, filename } = part.file;
  if (!fileData) throw new Refusal(path, 'A file needs its data.');
  const title = filename ? { title: filename } : {};
  if (/^https?:/i.test(fileData))
    return { type: 'document', source: { type: 'url', url: fileData }, ...title };
  const { mediaType, data } = readDataUrl(fileData, path);
  // It has one type for all texts.
  if (mediaType.startsWith('text/') || TEXT_TYPES.has(mediaType)) {
    const text = Buffer.from(data, 'base64').toString('utf8');
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text }, ...title };
  }
  if (mediaType !== 'application/pdf') {
    throw new Refusal(path, `Files of type ${mediaType} cannot be sent to this provider.`);
  }
  return { type: 'document', source: { type: 'base64', media_type: mediaType, data }, ...title };
}

function readDataUrl(url: string, path: string): { mediaType: string; data: string } {
  // Only the head is looked at: the rest may be 30 MB.
  const match = DATA_URL.exec(url.slice(0, 256));
  if (!match?.[2]) throw new Refusal(path, 'Not an http URL and not a base64 data URL.');
  return { mediaType: (match[1] ?? 'text/plain').toLowerCase(), data: url.slice(match[0].length) };
}
