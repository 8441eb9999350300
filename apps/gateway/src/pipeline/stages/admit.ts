import { AppError, type ErrorCode } from '@trunkline/errors';
import type { Target } from '@trunkline/routing';
import type { AdmittedCall, ParsedCall, RoutedCall } from '../call.js';
import type { Admission, AdmitResult, Principal } from '../ports.js';
import type { RequestContext } from '../request-context.js';

/**
 * Takes the lease: rates, concurrency, budgets and wallet in one round trip, on a forecast at the first target's price.
 * @throws AppError 402, 429 or 503
 */
export async function admit(
  admission: Admission,
  context: RequestContext,
  principal: Principal,
  call: ParsedCall & RoutedCall,
  first: Target,
): Promise<AdmittedCall> {
  const { key, member, organization, project } = principal;
  const result = await admission.admit({
    callId: context.id,
    principal,
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
  if (result.kind === 'refused') throw refusal(result);
  return { lease: result.lease, limits: result.limits, affordableTokens: result.outputTokenLimit };
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
