import { createHash } from 'node:crypto';

/** Encrypted reasoning; it carries its own check, so that any later request can be verified without keeping anything. */
export function sealReasoning(reasoning: string): string {
  const payload = Buffer.from(reasoning).toString('base64');
  return `gAAAAAB${checkOf(payload)}.${payload}`;
}

export function isSealed(value: string): boolean {
  const [check, payload] = value.split('.', 2);
  return payload !== undefined && check === `gAAAAAB${checkOf(payload)}`;
}

function checkOf(payload: string): string {
  return createHash('sha256').update('provider-simulator reasoning\n').update(payload).digest('base64url');
}
