import { hash } from 'node:crypto';
import { API_KEY_PREFIX, PLAYGROUND_TOKEN_PREFIX } from '@trunkline/secrets';

/** Base64 of more than a kilobyte is a picture, a sound or a document; text of that length has spaces. */
const MEDIA = /(data:[\w.+-]+\/[\w.+-]+;base64,)?[A-Za-z0-9+/]{1366,}={0,2}/g;
const OWN_SECRETS = new RegExp(`(?:${API_KEY_PREFIX}|${PLAYGROUND_TOKEN_PREFIX})[A-Za-z0-9._-]{16,}`, 'g');

/** Puts hash and size in the place of media, and takes out keys of ours that someone pasted. */
export function markMedia(text: string): string {
  return text
    .replace(MEDIA, (media: string, prefix: string | undefined) => {
      const base64 = media.slice(prefix?.length ?? 0);
      const bytes = Buffer.byteLength(base64, 'base64');
      return `${prefix ?? ''}[sha256 ${hash('sha256', Buffer.from(base64, 'base64'))}, ${bytes} bytes]`;
    })
    .replace(OWN_SECRETS, '[secret]');
}
