import type { ContentPart, FilePart } from '@trunkline/contracts';
import { ownValue } from '../../own-value.js';
import { Refusal } from '../../refusal.js';

export type ConverseBlock = Record<string, unknown>;

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html */
const IMAGES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_VideoBlock.html */
const VIDEOS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/webm': 'webm',
  'video/x-flv': 'flv',
  'video/mpeg': 'mpeg',
  'video/x-ms-wmv': 'wmv',
  'video/3gpp': 'three_gp',
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/markdown': 'md',
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_AudioBlock.html */
const AUDIO = new Set('aac flac m4a mka mkv mp3 mp4 mpeg mpga ogg opus pcm wav webm x-aac'.split(' '));

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*(;base64)?,/;

/** Names that documents of one conversation have: each must be another. */
export type DocumentNames = Set<string>;

/**
 * Image, document, video or audio as a block. Nothing is fetched from the web.
 * @param path of the part, for the refusal
 * @throws Refusal for what Converse cannot be given
 */
export function mediaBlock(part: ContentPart, path: string, names: DocumentNames): ConverseBlock {
  switch (part.type) {
    case 'image_url':
      return { image: fileBlock(part.image_url.url, `${path}.image_url.url`, IMAGES) };
    case 'video_url':
      return { video: fileBlock(part.video_url.url, `${path}.video_url.url`, VIDEOS) };
    case 'input_audio':
      return { audio: audioBlock(part.input_audio, `${path}.input_audio.format`) };
    case 'file':
      return { document: documentBlock(part, `${path}.file.file_data`, names) };
    default:
      throw new Refusal(path, `Content of type ${part.type} cannot be sent to this provider.`);
  }
}

function fileBlock(
  url: string,
  path: string,
  formats: Readonly<Record<string, string>>,
): { format: string; source: { bytes: string } } {
  if (/^https?:/i.test(url))
    throw new Refusal(path, 'This provider fetches nothing from the web: send the data.');
  // Only the head is looked at: the rest may be 30 MB.
  const match = DATA_URL.exec(url.slice(0, 256));
  if (!match?.[2]) throw new Refusal(path, 'Not a base64 data URL.');
  const mediaType = (match[1] ?? 'text/plain').toLowerCase();
  const format = ownValue(formats, mediaType);
  if (format === undefined)
    throw new Refusal(path, `Data of type ${mediaType} cannot be sent to this provider.`);
  return { format, source: { bytes: url.slice(match[0].length) } };
}

function audioBlock({ data, format }: { data: string; format: string }, path: string): ConverseBlock {
  if (!AUDIO.has(format))
    throw new Refusal(path, `Audio of format ${format} cannot be sent to this provider.`);
  return { format, source: { bytes: data } };
}

function documentBlock(part: FilePart, path: string, names: DocumentNames): ConverseBlock {
  const { file_data: fileData, filename } = part.file;
  if (!fileData) throw new Refusal(path, 'A file needs its data.');
  return { ...fileBlock(fileData, path, DOCUMENTS), name: documentName(filename ?? '', names) };
}

/** Letters, digits, single blanks, hyphens and brackets are taken, and each name once. */
function documentName(filename: string, names: DocumentNames): string {
  const plain = filename
    .replace(/\.\w{1,5}$/, '')
    .replaceAll(/[^a-z0-9\s()[\]-]/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 150);
  const wanted = plain || 'Document';
  let name = wanted;
  for (let number = 2; names.has(name); number += 1) name = `${wanted} ${number}`;
  names.add(name);
  return name;
}
