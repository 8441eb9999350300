export interface ImageSize {
  width: number;
  height: number;
}

/** Enough for the head of any image, and for a JPEG with a preview in its metadata. */
const HEAD_CHARACTERS = 96 * 1024;
/** PNG, GIF and WebP say their size in the first bytes. */
const SHORT_HEAD_CHARACTERS = 64;

/**
 * Width and height from the head of a base64 image; nothing behind the head is decoded.
 * @param offset where the base64 begins in `text`
 * @returns null for what is no PNG, GIF, WebP or JPEG
 */
export function imageSizeOf(text: string, offset: number): ImageSize | null {
  const short = Buffer.from(text.slice(offset, offset + SHORT_HEAD_CHARACTERS), 'base64');
  if (short.length < 12) return null;
  if (short.readUInt32BE(0) === 0x89504e47) return pngSize(short);
  const magic = short.toString('latin1', 0, 4);
  if (magic === 'GIF8') return { width: short.readUInt16LE(6), height: short.readUInt16LE(8) };
  if (magic === 'RIFF' && short.toString('latin1', 8, 12) === 'WEBP') return webpSize(short);
  if (short.readUInt16BE(0) !== 0xffd8) return null;
  return jpegSize(Buffer.from(text.slice(offset, offset + HEAD_CHARACTERS), 'base64'));
}

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(head: Buffer): ImageSize | null {
  return head.length >= 24 ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : null;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(head: Buffer): ImageSize | null {
  if (head.length < 30) return null;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Goes from marker to marker up to the frame header (SOF0 to SOF15 but DHT, JPG and DAC). ITU-T T.81 annex B. */
function jpegSize(head: Buffer): ImageSize | null {
  let at = 2;
  while (at + 9 < head.length) {
    if (head[at] !== 0xff) return null;
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return null;
}
