import type { ChatRequest, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import {
  LEFT_OUT_REASONS,
  planRoute,
  readPreferences,
  type LeftOut,
  type PlanInput,
  type PlanResult,
  type ReadPreferences,
} from '@trunkline/routing';
import { estimateChatPrompt, forTokenizerOf } from '@trunkline/tokens';
import type { ParsedCall, RoutedCall } from '../call.js';
import type { CatalogSnapshot, Principal } from '../ports.js';
import { poolTurn } from '../pool-turn.js';
import { needsOf } from '../request-needs.js';
import type { RouteTables } from '../route-tables.js';

/**
 * Plans where the call may go. Pure but for the measured speeds of this process, and for whose turn it is in a
 * pool of credentials.
 * @throws AppError 400 for wishes that cannot be read, 403 and 404 where no target may or can answer
 */
export function route(
  tables: RouteTables,
  catalog: CatalogSnapshot,
  principal: Principal,
  call: ParsedCall,
  nowMs: number,
): RoutedCall {
  const promptTokens = estimateChatPrompt(call.request);
  const { nativeOnly = null, nativeFirst = false, protocol } = call.client;
  const speaks = (entry: ProviderEntryProjection, offer: OfferProjection): boolean =>
    tables.speaks(entry, offer, protocol);
  const input: PlanInput = {
    ...tables.viewOf(catalog, principal),
    requested: call.requested,
    fallbackModels: call.fallbackModels,
    needs: needsOf(call.request, promptTokens, call.outputTokenLimit),
    preferences: wishesOf(call.request),
    pricePlanId: principal.organization.pricePlanId,
    ownKeyFeePpm: principal.organization.ownKeyFeePpm ?? 0,
    atMs: nowMs,
    spread: poolTurn(call.request),
    allowedModels: principal.key?.allowedModels ?? [],
    promptTokensFor: forTokenizerOf,
    unsupported: (entry, offer) => tables.unsupported(entry, offer, call.request, call.client.protocol),
    speedOf: (key) => tables.speeds.of(key),
  };
  let result = planRoute(nativeOnly !== null || nativeFirst ? { ...input, speaks } : input);
  if (result.kind === 'no_target' && nativeOnly === null && nativeFirst) result = planRoute(input);
  if (result.kind !== 'planned') throw refusal(result, nativeOnly);
  const [first] = result.plan.targets;
  return {
    plan: result.plan,
    promptTokens: first ? forTokenizerOf(first.model.id, promptTokens) : promptTokens,
  };
}

export function wishesOf({ provider }: Pick<ChatRequest, 'provider'>): ReadPreferences {
  const reading = readPreferences(provider);
  if (reading.kind === 'read') return reading.preferences;
  throw new AppError('invalid_value', { publicMessage: reading.message, param: reading.param });
}

export function refusal(
  result: Exclude<PlanResult, { kind: 'planned' }>,
  nativeOnly: string | null,
): AppError {
  const model = result.model.slice(0, 200);
  switch (result.kind) {
    case 'unknown_model': {
      const hint = result.nearest.length > 0 ? ` Did you mean ${result.nearest.join(', ')}?` : '';
      return new AppError('model_not_found', {
        publicMessage: `The model '${model}' does not exist or you do not have access to it.${hint}`,
        param: 'model',
        ...(result.nearest.length > 0 ? { metadata: { nearest: result.nearest } } : {}),
      });
    }
    case 'not_allowed':
      return new AppError('model_not_allowed', {
        publicMessage: `This key may not call the model '${model}'.`,
        param: 'model',
      });
    case 'no_target':
      if (nativeOnly !== null && result.leftOut.some(({ reason }) => reason === 'protocol'))
        return new AppError('invalid_value', {
          publicMessage: `${nativeOnly}: no provider of '${model}' can take this; it needs one that speaks the protocol of this request itself.`,
          param: nativeOnly,
        });
      return new AppError(
        onlyContextIsTooSmall(result.leftOut) ? 'context_length_exceeded' : 'no_matching_target',
        {
          publicMessage: `No provider of '${model}' can take this request: ${summary(result.leftOut)}.`,
          param: 'model',
        },
      );
  }
}

function onlyContextIsTooSmall(leftOut: readonly LeftOut[]): boolean {
  return (
    leftOut.some(({ reason }) => reason === 'context_window') &&
    leftOut.every(({ reason }) => !DEPENDS_ON_WISHES.has(reason))
  );
}

const DEPENDS_ON_WISHES: ReadonlySet<LeftOut['reason']> = new Set([
  'provider_only',
  'provider_ignore',
  'provider_order',
  'max_price',
  'parameters',
  'no_tools',
  'no_images',
  'no_audio',
  'no_json_schema',
]);

function summary(leftOut: readonly LeftOut[]): string {
  const reasons = new Set(leftOut.map(({ reason }) => LEFT_OUT_REASONS[reason]));
  return [...reasons].join('; ');
}
