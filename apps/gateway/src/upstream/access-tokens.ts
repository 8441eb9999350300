import { Injectable } from '@nestjs/common';
import type { UpstreamFailure } from '@trunkline/contracts';
import type { GrantReader, TokenGrant } from '@trunkline/providers';
import { ConnectionPools, type Trust } from './connection-pools.js';
import { fetchToken } from './fetch-token.js';

/** A credential for which a token is wanted. */
export interface WantedToken {
  readonly credentialId: string;
  readonly credential: string;
  readonly tokenUrl: string | null;
  /** On whose word the token endpoint is asked. */
  readonly trust: Trust;
  readonly grantOf: GrantReader;
}

export type TokenHeaders =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

interface Held {
  readonly credential: string;
  readonly tokenUrl: string | null;
  readonly trust: Trust;
  readonly grant: TokenGrant;
  /** Of the last token that came. */
  headers: Readonly<Record<string, string>> | null;
  expiresAtMs: number;
  /** From when on a use of it has the next one fetched. */
  renewAtMs: number;
  running: Promise<TokenHeaders> | null;
}

/** A token is renewed this long before its end, or from half of its life on where that is later. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Whoever gets a token must have time to use it. */
const MARGIN_MS = 10_000;
/** After a renewal that failed; the token at hand is used meanwhile. */
const TRY_AGAIN_MS = 10_000;
const MOST_HELD = 10_000;

/**
 * Access tokens by credential: one that is at hand is given at once, without a turn of the event loop; the next one is
 * fetched in the background before its end, by one request at a time however many calls want it.
 */
@Injectable()
export class AccessTokens {
  private readonly held = new Map<string, Held>();

  constructor(private readonly pools: ConnectionPools) {}

  /** @throws RangeError for a credential that is none; the message does not repeat it */
  headersFor(wanted: WantedToken): TokenHeaders | Promise<TokenHeaders> {
    const held = this.heldFor(wanted);
    if (held.grant.kind === 'headers') return held.grant;
    const nowMs = Date.now();
    if (held.headers === null || nowMs >= held.expiresAtMs) return (held.running ??= this.fetch(held));
    if (nowMs >= held.renewAtMs) held.running ??= this.fetch(held);
    return { kind: 'headers', headers: held.headers };
  }

  /** The provider does not take the token (any more). */
  forget(credentialId: string): void {
    this.held.delete(credentialId);
  }

  private heldFor({ credentialId, credential, tokenUrl, trust, grantOf }: WantedToken): Held {
    const known = this.held.get(credentialId);
    if (known?.credential === credential && known.tokenUrl === tokenUrl) return known;
    const grant = grantOf(credential, { tokenUrl });
    const held: Held = {
      ...{ credential, tokenUrl, trust, grant },
      ...{ headers: null, expiresAtMs: 0, renewAtMs: 0, running: null },
    };
    const [oldest] = this.held.keys();
    if (this.held.size >= MOST_HELD && oldest !== undefined) this.held.delete(oldest);
    this.held.set(credentialId, held);
    return held;
  }

  private async fetch(held: Held): Promise<TokenHeaders> {
    if (held.grant.kind === 'headers') return held.grant;
    const answer = await fetchToken(this.pools, held.grant.request, held.trust);
    const nowMs = Date.now();
    held.running = null;
    if (answer.kind === 'failed') {
      held.renewAtMs = nowMs + TRY_AGAIN_MS;
      return answer;
    }
    const lifeMs = answer.expiresInSeconds * 1000;
    held.headers = { authorization: `Bearer ${answer.token}` };
    held.expiresAtMs = nowMs + Math.max(lifeMs - MARGIN_MS, lifeMs / 2);
    held.renewAtMs = nowMs + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2);
    return { kind: 'headers', headers: held.headers };
  }
}
