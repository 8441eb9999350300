import type { ControlPlanePaths } from '@trunkline/control-plane-client';
import { readUsd } from '@/lib/format-money';
import { readBounds } from './bounds';
import type { Filters } from './filters';

type Query = NonNullable<
  ControlPlanePaths['/api/organizations/{organizationId}/calls']['get']['parameters']['query']
>;

const nano = (usd: string | null) => (usd === null ? null : (readUsd(usd)?.toString() ?? null));
const whole = (text: string | null) => (text === null ? null : Math.round(Number(text)));

function given<Value>(name: string, value: Value | null | undefined): Record<string, Value> {
  return value === null || value === undefined ? {} : { [name]: value };
}

const some = (values: readonly string[]) => (values.length > 0 ? [...values] : null);

/** The filters as the control plane's query has them. */
export function toCallsQuery(filters: Filters): Query {
  const cost = readBounds(filters.cost[0] ?? '');
  const latency = readBounds(filters.latency[0] ?? '');
  const firstToken = readBounds(filters['first-token'][0] ?? '');
  const attempts = readBounds(filters.attempts[0] ?? '');
  const failedOver = filters.failedOver[0];
  return {
    ...given('status', some(filters.status)),
    ...given('model', some(filters.model)),
    ...given('provider', some(filters.provider)),
    ...given('keyId', some(filters.key)),
    ...given('errorCode', some(filters.error)),
    ...given('endUser', filters.user[0]),
    ...given('text', filters.id[0]),
    ...given('minCostNanoUsd', nano(cost.min)),
    ...given('maxCostNanoUsd', nano(cost.max)),
    ...given('minDurationMs', whole(latency.min)),
    ...given('maxDurationMs', whole(latency.max)),
    ...given('minFirstTokenMs', whole(firstToken.min)),
    ...given('maxFirstTokenMs', whole(firstToken.max)),
    ...given('minAttempts', whole(attempts.min)),
    ...given('maxAttempts', whole(attempts.max)),
    ...(failedOver === 'true' || failedOver === 'false' ? { failedOver } : {}),
  };
}
