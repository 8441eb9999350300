import type { FailureOutcome } from '@trunkline/contracts';
import type { ProviderAdapter, UpstreamRequest } from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import type { Cancellation } from '../failover/cancellation.js';
import type { AccessTokens, TokenHeaders } from '../upstream/access-tokens.js';
import { authorize } from '../upstream/authorize.js';
import type { Origin } from '../upstream/connection-pools.js';
import { localFailure } from '../upstream/local-failure.js';
import type { GatewayParts } from './gateway-parts.js';

/** What of a gateway's parts it takes. */
interface TokenParts extends Pick<GatewayParts, 'clock'> {
  readonly engine: { readonly tokens: Pick<AccessTokens, 'headersFor'> };
  readonly projections: Pick<GatewayParts['projections'], 'credential'>;
}

export interface AuthorizeTarget {
  readonly parts: TokenParts;
  readonly adapter: ProviderAdapter;
  readonly target: Target;
  readonly origin: Origin;
  readonly request: Pick<UpstreamRequest, 'path' | 'headers' | 'body'>;
  readonly cancellation: Cancellation;
  /** A token that must be fetched is waited for until then, by the engine's clock. */
  readonly untilMs: number;
}

/**
 * The headers that a target's credential goes in. At once, but for a token that is not at hand, which is waited for as
 * long as somebody waits for the answer.
 */
export function authorizeTarget(input: AuthorizeTarget): TokenHeaders | Promise<TokenHeaders> {
  const { parts, adapter, target, origin, request } = input;
  const { entry, credentialId } = target;
  const found = authorize({
    tokens: parts.engine.tokens,
    auth: adapter.auth,
    credentialId,
    credential: credentialId === null ? null : parts.projections.credential(credentialId),
    tokenUrl: entry.tokenUrl ?? null,
    trust: target.ownKey ? 'tenant' : 'operator',
    request: () => ({
      method: 'POST',
      origin: new URL(entry.baseUrl).origin,
      path: origin.pathPrefix + request.path,
      headers: request.headers,
      body: request.body,
      region: entry.region,
      atMs: Date.now(),
    }),
  });
  return found instanceof Promise ? whileWanted(found, input) : found;
}

function whileWanted(fetching: Promise<TokenHeaders>, input: AuthorizeTarget): Promise<TokenHeaders> {
  const { parts, cancellation, untilMs } = input;
  return new Promise((resolve) => {
    const settle = (result: TokenHeaders): void => {
      stopTimer();
      forget();
      resolve(result);
    };
    const giveUp = (outcome: 'timeout' | 'cancelled', message: string): void =>
      settle({ kind: 'failed', failure: localFailure(outcome, message) });
    const stopTimer = parts.clock.after(untilMs - parts.clock.now(), () =>
      giveUp('timeout', 'The token endpoint did not answer in time.'),
    );
    let forget = (): void => {};
    forget = cancellation.onCancel(() => giveUp('cancelled', 'The client went away.'));
    void fetching.then(settle);
  });
}

/** A token that the provider refused is not sent again: the next attempt has another one fetched. */
export function forgetRefusedToken({ engine }: GatewayParts, target: Target, outcome: FailureOutcome): void {
  if (outcome === 'credential_rejected' && target.credentialId !== null)
    engine.tokens.forget(target.credentialId);
}
