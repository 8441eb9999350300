import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Nobody but this process can make a token that it takes. */
const SECRET = randomBytes(32);
export const TOKEN_LIFE_SECONDS = 3_600;

/** A token that stands for a key until it ends. */
export function issueToken(key: string, nowMs: number): string {
  const claims = Buffer.from(`${key} ${nowMs + TOKEN_LIFE_SECONDS * 1_000}`).toString('base64url');
  return `ya29.${claims}.${seal(claims).toString('base64url')}`;
}

/** The key that a bearer token stands for; a text that is nobody's key where it is no token of ours, or has ended. */
export function keyOfToken(token: string, nowMs: number): string {
  const [, claims, sealed] = /^ya29\.([\w-]+)\.([\w-]+)$/u.exec(token) ?? [];
  if (claims === undefined || sealed === undefined) return 'no access token';
  const given = Buffer.from(sealed, 'base64url');
  const expected = seal(claims);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged access token';
  const [key = '', until = '0'] = Buffer.from(claims, 'base64url').toString('utf8').split(' ');
  return nowMs < Number(until) ? key : 'expired access token';
}

function seal(claims: string): Buffer {
  return createHmac('sha256', SECRET).update(claims).digest();
}
