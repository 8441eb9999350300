import { forecastUsage } from '@trunkline/pricing';
import { planRoute, type PlanResult, type RequestNeeds } from '@trunkline/routing';
import { forTokenizerOf } from '@trunkline/tokens';
import type { EndpointClientCall } from '../../doors/endpoint-door.js';
import type { RoutedCall } from '../call.js';
import type { ParsedEndpointCall } from '../endpoint-call.js';
import type { CatalogSnapshot, Principal } from '../ports.js';
import type { RouteTables } from '../route-tables.js';
import { refusal, wishesOf } from './route.js';

/**
 * Plans where a call beside chat may go: the same planner, over the offers that have the endpoint, at the prices of what
 * the call is expected to use.
 * @throws AppError 400 for wishes that cannot be read, 403 and 404 where no target may or can answer
 */
export function routeEndpoint<Request, Answer>(
  tables: RouteTables,
  catalog: CatalogSnapshot,
  principal: Principal,
  call: ParsedEndpointCall<Request, Answer>,
  nowMs: number,
): RoutedCall {
  const result = planEndpoint(tables, catalog, principal, call, nowMs);
  if (result.kind !== 'planned') throw refusal(result, null);
  return { plan: result.plan, promptTokens: call.client.longestInputTokens };
}

/** @throws AppError 400 for wishes that cannot be read */
export function planEndpoint<Request, Answer>(
  tables: RouteTables,
  catalog: CatalogSnapshot,
  principal: Principal,
  call: ParsedEndpointCall<Request, Answer>,
  nowMs: number,
): PlanResult {
  const { client } = call;
  return planRoute({
    ...tables.viewOf(catalog, principal, client.endpoint),
    requested: call.requested,
    needs: needsOf(client),
    preferences: wishesOf(call.request),
    pricePlanId: principal.organization.pricePlanId,
    ownKeyFeePpm: principal.organization.ownKeyFeePpm ?? 0,
    atMs: nowMs,
    spread: Math.random(),
    allowedModels: principal.key?.allowedModels ?? [],
    promptTokensFor: forTokenizerOf,
    forecast: (terms, atMs) => forecastUsage(terms, client.expected, atMs),
    takesFree: client.takesFree,
    unsupported: (entry, offer) => {
      const endpoints = tables.endpointsOf(entry);
      return client.adapterIn(endpoints)?.unsupported(client.request, offer.providerModel) ?? [];
    },
    speedOf: (key) => tables.speeds.of(key),
  });
}

function needsOf(
  client: Pick<EndpointClientCall<unknown, unknown>, 'longestInputTokens' | 'needsImages'>,
): RequestNeeds {
  return {
    tools: false,
    images: client.needsImages,
    audio: false,
    files: false,
    jsonSchema: false,
    promptTokens: client.longestInputTokens,
    outputTokenLimit: 0,
  };
}
