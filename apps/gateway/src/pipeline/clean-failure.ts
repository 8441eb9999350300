import type { UpstreamFailure } from '@trunkline/contracts';
import { scrubMessage } from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import type { AttemptResult } from '../failover/attempt-runner.js';
import { localFailure } from '../upstream/local-failure.js';
import type { GatewayParts } from './gateway-parts.js';

/** Shorter pieces of a credential are words that a message may have of itself. */
const MIN_SECRET_CHARACTERS = 8;
const CODE = /^[\w.:/ -]{1,120}$/;
const FIELD = /^[\w$.[\]"'-]{1,200}$/;

type Credentials = { readonly projections: Pick<GatewayParts['projections'], 'credential'> };
type Parts = Credentials & { readonly logger: Pick<GatewayParts['logger'], 'error'> };

/**
 * A failure as a client and the log may see it. Providers print the key that they were sent into their errors, and
 * accounts and addresses into fields that are for codes and names.
 */
export function cleanFailure(parts: Credentials, target: Target, failure: UpstreamFailure): UpstreamFailure {
  const { message, providerCode, param } = failure;
  const secrets = secretsOf(
    target.credentialId === null ? null : parts.projections.credential(target.credentialId),
  );
  const isClean = (text: string): boolean =>
    scrubMessage(text) === text && !secrets.some((secret) => text.includes(secret));
  return {
    ...failure,
    message: secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), message),
    providerCode:
      providerCode !== null && CODE.test(providerCode) && isClean(providerCode) ? providerCode : null,
    param: param !== null && FIELD.test(param) && isClean(param) ? param : null,
  };
}

/**
 * The same for the result of an attempt. One that throws, since its request or answer is such as our code did not
 * foresee, has failed like any other: the next target is asked, and the call is settled.
 */
export async function withCleanFailure<Answer>(
  parts: Parts,
  target: Target,
  attempt: Promise<AttemptResult<Answer>>,
): Promise<AttemptResult<Answer>> {
  let result: AttemptResult<Answer>;
  try {
    result = await attempt;
  } catch (error) {
    parts.logger.error('an attempt threw', { provider: target.offer.providerId, error });
    const failure = localFailure('malformed', 'The exchange with the provider could not be read.');
    return { kind: 'failed', failure, clock: null };
  }
  return result.kind === 'failed'
    ? { ...result, failure: cleanFailure(parts, target, result.failure) }
    : result;
}

/** The credential itself, and what it is put together of: `id:secret`, or the private parts of a service account. */
function secretsOf(credential: string | null): readonly string[] {
  if (credential === null) return [];
  const pieces = credential.startsWith('{')
    ? (credential.match(/(?<=")[^"\s]+(?=")/g) ?? [])
    : credential.split(/[:\s]/);
  return [credential, ...pieces].filter((piece) => piece.length >= MIN_SECRET_CHARACTERS);
}
