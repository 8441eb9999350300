import { importPKCS8, SignJWT } from 'jose';

/** What is to be said to a token endpoint, without times. https://www.rfc-editor.org/rfc/rfc7523 */
export interface Statement {
  readonly algorithm: 'RS256';
  readonly keyId: string | null;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly claims: Readonly<Record<string, string>>;
}

/** The longest that Google takes. */
const LIFE = '1h';

/**
 * Signs a statement as a JSON web token that holds for an hour from now on.
 * @returns null for a key that is none: what the library says of it may have it inside
 */
export async function signStatement({
  algorithm,
  keyId,
  privateKey,
  claims,
}: Statement): Promise<string | null> {
  try {
    const key = await importPKCS8(privateKey, algorithm);
    return await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) })
      .setIssuedAt()
      .setExpirationTime(LIFE)
      .sign(key);
  } catch {
    return null;
  }
}
