/** What is known of an entry when its credential is read. */
export interface GrantSettings {
  /** Where tokens are fetched, when the entry says so. */
  readonly tokenUrl: string | null;
}

/** A request to a token endpoint. https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export interface TokenRequest {
  readonly url: string;
  /** Sent as a form. */
  readonly form: Readonly<Record<string, string>>;
  /** A statement to be signed and sent in the form beside the rest. https://www.rfc-editor.org/rfc/rfc7523 */
  readonly assertion?: SignedStatement;
}

export interface SignedStatement {
  /** The form's field for it. */
  readonly field: string;
  readonly algorithm: 'RS256';
  readonly keyId: string | null;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** Without times: who signs says when, and for how long. */
  readonly claims: Readonly<Record<string, string>>;
}

/** What becomes of a credential: it is sent as it is, or a token is fetched for it and sent as bearer. */
export type TokenGrant =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'fetch'; readonly request: TokenRequest };

/** @throws RangeError for a credential that is neither; the message does not repeat it */
export type GrantReader = (credential: string, settings: GrantSettings) => TokenGrant;
