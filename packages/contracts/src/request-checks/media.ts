import { isInwardHost } from './inward-address.js';

/** Head of a data URL; only this much is looked at, as the rest may be 30 MB. */
const HEAD_CHARACTERS = 256;
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*(;base64)?,/i;

/** What is decoded to be judged is written over the same bytes, so that nothing of 30 MB is kept. */
const PIECE_CHARACTERS = 64 * 1024;
const scratch = Buffer.allocUnsafe((PIECE_CHARACTERS / 4) * 3);

/** Longer ones are refused by the servers that would be asked for them. */
const MAX_URL_CHARACTERS = 8_192;

/** What reads the reader's own disk, or reaches past http into its network. Others (`gs:`, `s3:`, `ms:`) are stores of providers. */
const INWARD_SCHEMES =
  /^(?:file|netdoc|jar|blob|view-source|javascript|s?ftp|tftp|gopher|dict|ldaps?|smb|ssh|telnet|php|phar|expect|wss?):$/;

/** Where a PDF may begin: in the first 1,024 bytes (ISO 32000-1, annex H). */
const PDF_HEAD_CHARACTERS = 1_368;

const MAGIC: readonly { type: string; begins: RegExp }[] = [
  { type: 'image/png', begins: /^\x89PNG\r\n/ },
  { type: 'image/jpeg', begins: /^\xff\xd8\xff/ },
  { type: 'image/gif', begins: /^GIF8[79]a/ },
  { type: 'image/webp', begins: /^RIFF[^]{4}WEBP/ },
  { type: 'image/bmp', begins: /^BM/ },
  { type: 'image/tiff', begins: /^(?:II\*\0|MM\0\*)/ },
  { type: 'image/heic', begins: /^[^]{4}ftyp/ },
];
/** Types that the first bytes prove; any other (a drawing as text, say) is taken at its word. */
const PROVABLE = /^image\/(?:png|jpe?g|gif|webp|bmp|tiff|heic|heif|avif)$/;

/**
 * What is wrong with a base64 text, or null. Line breaks and the URL alphabet are let through, as providers do.
 */
export function base64Problem(text: string): string | null {
  if (text === '') return 'is empty';
  if (isUnbrokenBase64(text)) return null;
  const bare = text.replaceAll(/\s+/g, '');
  return bare !== text && base64Problem(bare) === null ? null : 'is not valid base64';
}

/** Decoding leaves out what is no base64, and is much faster than looking at each character: 10 MB/ms. */
function isUnbrokenBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const characters = text.length - padding;
  if (characters % 4 === 1) return false;
  for (let at = 0; at < characters; at += PIECE_CHARACTERS) {
    const piece = text.slice(at, Math.min(characters, at + PIECE_CHARACTERS));
    if (scratch.write(piece, 'base64') !== Math.floor((piece.length * 3) / 4)) return false;
  }
  return true;
}

/** The image type that the first bytes of this base64 show; null where they are of no image. */
export function imageTypeOf(base64: string): string | null {
  const bytes = Buffer.from(base64.slice(0, 64), 'base64').toString('latin1');
  return MAGIC.find(({ begins }) => begins.test(bytes))?.type ?? null;
}

/** What is wrong with the bytes of an image that calls itself `mediaType`, or null. */
export function imageProblem(mediaType: string, base64: string): string | null {
  const problem = base64Problem(base64);
  if (problem !== null) return problem;
  if (!mediaType.toLowerCase().startsWith('image/'))
    return `has the media type ${mediaType}, which is no image`;
  if (PROVABLE.test(mediaType.toLowerCase()) && imageTypeOf(base64) === null)
    return `is said to be ${mediaType}, but its bytes are of no image`;
  return null;
}

/** What is wrong with an image given by `data:` or http URL, or null. Other schemes are the provider's to judge, but for inward ones. */
export function imageUrlProblem(url: string): string | null {
  const data = readDataUrl(url);
  if (data === null) return addressProblem(url);
  if (data === 'unreadable') return 'is not a base64 data URL';
  return imageProblem(data.mediaType, data.base64);
}

/** The same for any other file: its bytes may be of any type, but for a PDF that is none. */
export function fileUrlProblem(url: string): string | null {
  const data = readDataUrl(url);
  if (data === null) return addressProblem(url);
  if (data === 'unreadable') return 'is not a base64 data URL';
  const problem = base64Problem(data.base64);
  if (problem !== null || data.mediaType.toLowerCase() !== 'application/pdf') return problem;
  const head = Buffer.from(data.base64.slice(0, PDF_HEAD_CHARACTERS), 'base64');
  return head.includes('%PDF-') ? null : 'is said to be application/pdf, but its bytes are of no PDF';
}

/** What is wrong with the address of something that is to be fetched, or null. */
export function addressProblem(url: string): string | null {
  if (url.length > MAX_URL_CHARACTERS) return `is longer than ${MAX_URL_CHARACTERS} characters`;
  if (!URL.canParse(url)) return 'is not a URL';
  const address = new URL(url);
  if (INWARD_SCHEMES.test(address.protocol)) return 'points to an address that is not public';
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return null;
  return isInwardHost(address) ? 'points to an address that is not public' : null;
}

function readDataUrl(url: string): { mediaType: string; base64: string } | 'unreadable' | null {
  if (!/^data:/i.test(url)) return null;
  const match = DATA_URL.exec(url.slice(0, HEAD_CHARACTERS));
  if (!match?.[2]) return 'unreadable';
  return { mediaType: match[1] ?? 'text/plain', base64: url.slice(match[0].length) };
}
