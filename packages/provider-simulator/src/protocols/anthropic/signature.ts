import { createHash } from 'node:crypto';

/** The signature of a thinking block; it depends on the thinking alone, so that any later request can be checked. */
export function thinkingSignature(thinking: string): string {
  return `Eq${createHash('sha512').update('provider-simulator thinking\n').update(thinking).digest('base64')}`;
}
