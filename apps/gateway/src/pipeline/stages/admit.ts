import type { Endpoint } from '@trunkline/contracts';
import { AppError, type ErrorCode } from '@trunkline/errors';
import type { Plan } from '@trunkline/routing';
import type { AdmittedCall, ParsedCall, RoutedCall } from '../call.js';
import type { Admission, AdmitResult, Principal } from '../ports.js';
import { pricingTarget } from '../pricing-target.js';
import type { RequestContext } from '../request-context.js';

/** What admission has to know of a call, whichever endpoint it asks. */
export interface AdmissibleCall
  extends RoutedCall, Pick<ParsedCall, 'requested' | 'choices' | 'outputTokenLimit' | 'timeouts'> {
  readonly client: { readonly endpoint: Endpoint };
}

/**
 * Takes the lease: rates, concurrency, budgets and wallet in one round trip, on a forecast at the price of the first
 * target that the wallet pays for. A wallet that cannot pay leaves the caller's own credentials.
 * @returns with the plan that can be paid for
 * @throws AppError 402, 429 or 503
 */
export async function admit(
  admission: Admission,
  context: RequestContext,
  principal: Principal,
  call: AdmissibleCall,
): Promise<AdmittedCall & Pick<RoutedCall, 'plan'>> {
  const untilMs = context.beganMs + (call.timeouts.totalMs ?? Number.POSITIVE_INFINITY);
  const result = await hold(admission, context, principal, call, untilMs);
  if (result.kind === 'admitted') return { ...admitted(result), plan: call.plan };
  const plan = UNPAID.has(result.reason) ? ownKeysOf(call.plan) : null;
  if (!plan) throw refusal(result);
  // Whatever there was to wait for has been waited for.
  const free = await hold(admission, context, principal, { ...call, plan }, 0);
  if (free.kind === 'refused') throw refusal(free);
  return { ...admitted(free), plan };
}

/** Refusals that may be about the money alone; `unavailable` is also an allowance that is used up while Redis is away. */
const UNPAID: ReadonlySet<Refused['reason']> = new Set([
  'insufficient_credit',
  'budget_exceeded',
  'unavailable',
]);

/** The plan without what the platform's credentials would do; null when nothing or everything is left of it. */
function ownKeysOf(plan: Plan): Plan | null {
  const targets = plan.targets.filter(({ ownKey }) => ownKey);
  if (targets.length === 0 || targets.length === plan.targets.length) return null;
  const unpaid = plan.targets
    .filter(({ ownKey }) => !ownKey)
    .map(({ offer, entry }) => ({ offerId: offer.id, entryId: entry.id, reason: 'no_credit' as const }));
  return { ...plan, targets, leftOut: [...plan.leftOut, ...unpaid] };
}

function admitted(result: Extract<AdmitResult, { kind: 'admitted' }>): AdmittedCall {
  return { lease: result.lease, limits: result.limits, affordableTokens: result.outputTokenLimit };
}

function hold(
  admission: Admission,
  context: RequestContext,
  principal: Principal,
  call: AdmissibleCall,
  untilMs: number,
): Promise<AdmitResult> {
  const { key, member, organization, project } = principal;
  const first = pricingTarget(call.plan);
  return admission.admit({
    callId: context.id,
    principal,
    untilMs,
    promptTokens: call.promptTokens,
    promptCostNanoUsd: first.forecast.promptCostNanoUsd,
    // Each choice may use up the limit.
    outputNanoUsdPerMillion: first.forecast.outputNanoUsdPerMillion * BigInt(call.choices),
    outputTokenLimit: smaller(call.outputTokenLimit, first.offer.maxOutputTokens),
    historyKey: `${key?.id ?? member?.id ?? project.id}/${first.model.id}`,
    begun: {
      kind: 'begun',
      id: context.id,
      walletId: organization.walletId,
      organizationId: organization.id,
      projectId: project.id,
      keyId: key?.id ?? null,
      memberId: key ? key.memberId : (member?.id ?? null),
      requestedModel: call.requested[0] ?? '',
      endpoint: call.client.endpoint,
      beganMs: context.beganMs,
    },
  });
}

type Refused = Extract<AdmitResult, { kind: 'refused' }>;

const CODE_OF_REFUSAL = {
  insufficient_credit: 'insufficient_credit',
  budget_exceeded: 'budget_exceeded',
  rate_limited: 'rate_limit_exceeded',
  concurrency_limited: 'concurrency_limit',
  unavailable: 'service_unavailable',
} as const satisfies Record<Refused['reason'], ErrorCode>;

function refusal(refused: Refused): AppError {
  return new AppError(CODE_OF_REFUSAL[refused.reason], { retryAfterMs: refused.retryAfterMs });
}

function smaller(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : Math.min(left, right);
}
