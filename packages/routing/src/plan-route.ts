import type { OfferProjection, PriceTerms, ProviderEntryProjection } from '@trunkline/contracts';
import { forecastCost, type PromptForecast } from '@trunkline/pricing';
import type { Candidate, CandidateIndex } from './candidates.js';
import type { RoutingCatalog } from './catalog-view.js';
import { misfitOfNeeds, misfitOfReading } from './fits.js';
import { readModelName, type ModelReading } from './model-name.js';
import { nearestNames } from './nearest-names.js';
import {
  orderCandidates,
  reasonFor,
  sortWished,
  type MeasuredSpeed,
  type PricedCandidate,
} from './order-targets.js';
import type { LeftOut, LeftOutReason, PlanResult, Target } from './plan.js';
import type { ReadPreferences } from './provider-preferences.js';
import { TYPICAL_OUTPUT_TOKENS, type RequestNeeds } from './request-needs.js';
import { expectedPrice, type ExpectedPrice } from './target-price.js';
import { unlistedModel } from './unlisted-models.js';

export interface PlanInput {
  readonly catalog: RoutingCatalog;
  readonly index: CandidateIndex;
  /** What the caller wrote: the model, then further models in order. At least one. */
  readonly requested: readonly string[];
  /** Models that a policy names: asked behind those, left out where the key may not call them. */
  readonly fallbackModels?: readonly string[];
  readonly needs: RequestNeeds;
  readonly preferences: ReadPreferences;
  readonly pricePlanId: string;
  /** What a call on the caller's own key costs, in millionths of the sell price. */
  readonly ownKeyFeePpm?: number;
  /** Catalog ids that the key may call; empty is all. */
  readonly allowedModels: readonly string[];
  /** Unix milliseconds; decides which prices are in force. */
  readonly atMs: number;
  /** From 0 up to 1: which credential of a pool comes first. */
  readonly spread?: number;
  /** What the estimate of the prompt means to this model's tokenizer. */
  promptTokensFor(modelId: string, tokens: number): number;
  /** Parameters that a target would not get; asked only for `require_parameters`. */
  unsupported(entry: ProviderEntryProjection, offer: OfferProjection): readonly string[];
  /** Whether a target speaks the protocol that a part of the request needs; every target does where it is left out. */
  speaks?(entry: ProviderEntryProjection, offer: OfferProjection): boolean;
  /** What the call costs by these terms, where it is no chat; null where they do not price it. */
  forecast?(terms: PriceTerms, atMs: number): PromptForecast | null;
  /** What providers give to everybody for nothing may be taken without asking for `:free`. */
  readonly takesFree?: boolean;
  /** What this process has measured; null when nothing. */
  speedOf(targetKey: string): MeasuredSpeed | null;
}

/**
 * Plans a call: which targets to ask, in which order, and why; and why not the others. Pure; tens of microseconds for a
 * model with a dozen offers.
 */
export function planRoute(input: PlanInput): PlanResult {
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  const planned = new Set<string>();
  let thinking = false;
  const isOneModel = input.requested.length === 1 && !input.fallbackModels?.length;
  const add = (further: readonly Target[]) => {
    // Those of one model differ.
    if (isOneModel) return void targets.push(...further);
    for (const target of further) {
      // One key stands for all unlisted names of a provider.
      const asked = `${target.key}|${target.providerModel}`;
      if (planned.has(asked)) continue;
      planned.add(asked);
      targets.push(target);
    }
  };
  for (const [number, requested] of input.requested.entries()) {
    const reading = readModelName(input.catalog, requested);
    if (!reading) return { kind: 'unknown_model', model: requested, nearest: nearest(input, requested) };
    if (!isAllowed(input.allowedModels, reading)) {
      return { kind: 'not_allowed', model: requested };
    }
    thinking ||= number === 0 && reading.variant === 'thinking';
    add(planModel(input, reading, number === 0 ? null : `fallback model ${number}`, leftOut));
  }
  // What becomes of a policy's models is no reason to refuse what the client asked for.
  const fallbacksLeftOut: LeftOut[] = [];
  for (const [place, name] of (input.fallbackModels ?? []).entries()) {
    const reading = readModelName(input.catalog, name);
    if (reading) add(planFallback(input, reading, `policy's fallback model ${place + 1}`, fallbacksLeftOut));
  }
  const kept = input.preferences.allowFallbacks
    ? targets
    : keepWithoutFallbacks(targets, input.preferences, leftOut);
  if (kept.length > 0)
    return { kind: 'planned', plan: { targets: kept, leftOut: [...leftOut, ...fallbacksLeftOut], thinking } };
  const model = input.requested[0] ?? '';
  return leftOut.every(({ reason }) => NOT_SERVED.has(reason))
    ? { kind: 'unknown_model', model, nearest: nearest(input, model) }
    : { kind: 'no_target', model, leftOut };
}

/** Reasons that have nothing to do with the request: the model is not served here at all. */
const NOT_SERVED: ReadonlySet<LeftOutReason> = new Set([
  'inactive',
  'not_configured',
  'no_adapter',
  'no_credential',
  'not_paygo',
  'not_free',
  'not_longest',
]);

/** `acme/*` allows every name of a provider that lists none. */
function isAllowed(allowed: readonly string[], { modelId, unlisted, pinnedProvider }: ModelReading): boolean {
  return (
    allowed.length === 0 ||
    allowed.includes(modelId) ||
    (unlisted !== null && allowed.includes(`${pinnedProvider}/*`))
  );
}

function nearest(input: PlanInput, requested: string): string[] {
  return nearestNames(input.catalog, requested, (modelId) => input.index.of(modelId).candidates.length > 0);
}

function planFallback(
  input: PlanInput,
  reading: ModelReading,
  standing: string,
  leftOut: LeftOut[],
): Target[] {
  if (isAllowed(input.allowedModels, reading)) return planModel(input, reading, standing, leftOut);
  for (const { offer, entry } of input.index.of(reading.modelId).candidates)
    leftOut.push({ offerId: offer.id, entryId: entry.id, reason: 'not_allowed' });
  return [];
}

/** @param standing what the model is to the call where it is not the one asked for first */
function planModel(
  input: PlanInput,
  reading: ModelReading,
  standing: string | null,
  leftOut: LeftOut[],
): Target[] {
  const { pinnedProvider: provider, unlisted } = reading;
  const all =
    provider !== null && unlisted !== null
      ? input.index.ofUnlisted(provider)
      : input.index.of(reading.modelId);
  const promptTokens = input.promptTokensFor(reading.modelId, input.needs.promptTokens);
  const needs = promptTokens === input.needs.promptTokens ? input.needs : { ...input.needs, promptTokens };
  leftOut.push(...all.leftOut);
  const misfitOf = (candidate: Candidate) =>
    misfitOfReading(candidate, reading, all, input.takesFree === true);
  const ownOnly = all.candidates.some(
    (candidate) => candidate.isOwn && candidate.entry.mode === 'only' && misfitOf(candidate) === null,
  );
  const priced: PricedCandidate[] = [];
  const prices = new Map<Candidate, ExpectedPrice>();
  for (const candidate of all.candidates) {
    const outcome =
      misfitOf(candidate) ??
      (ownOnly && !candidate.isOwn ? 'own_only' : null) ??
      (input.speaks?.(candidate.entry, candidate.offer) === false ? 'protocol' : null) ??
      misfitOfNeeds(candidate, needs) ??
      misfitOfPreferences(candidate, input) ??
      expectedPrice(candidate, input, promptTokens);
    if (typeof outcome === 'string') {
      leftOut.push({ offerId: candidate.offer.id, entryId: candidate.entry.id, reason: outcome });
      continue;
    }
    prices.set(candidate, outcome);
    priced.push({
      candidate,
      expectedCostNanoUsd: forecastCost(outcome.forecast, expectedOutputTokens(candidate, needs)),
      speed: input.speedOf(candidate.key),
    });
  }
  const sort = sortWished(reading.variant, input.preferences);
  return orderCandidates(priced, sort, input.preferences, input.spread).flatMap((entry) => {
    const { candidate } = entry;
    const price = prices.get(candidate);
    if (!price) return [];
    const { key, offer, entry: providerEntry, credentialId } = candidate;
    return {
      key,
      model: unlisted === null ? candidate.model : unlistedModel(offer.providerId, unlisted),
      offer,
      entry: providerEntry,
      credentialId,
      ownKey: candidate.isOwn,
      providerModel: unlisted ?? reading.name?.sendAs[offer.providerId] ?? offer.providerModel,
      reason: reasonFor(entry, sort, input.preferences.order, standing),
      sellPrice: price.version,
      forecast: price.forecast,
      expectedCostNanoUsd: entry.expectedCostNanoUsd,
    };
  });
}

function expectedOutputTokens(candidate: Candidate, needs: RequestNeeds): number {
  const { maxOutputTokens } = candidate.offer;
  return Math.min(
    needs.outputTokenLimit ?? TYPICAL_OUTPUT_TOKENS,
    TYPICAL_OUTPUT_TOKENS,
    maxOutputTokens ?? Infinity,
  );
}

function misfitOfPreferences(candidate: Candidate, input: PlanInput): LeftOutReason | null {
  const { only, ignore, requireParameters } = input.preferences;
  const provider = candidate.offer.providerId;
  if (only && !only.has(provider)) return 'provider_only';
  if (ignore.has(provider)) return 'provider_ignore';
  if (requireParameters && input.unsupported(candidate.entry, candidate.offer).length > 0)
    return 'parameters';
  return null;
}

/** Without fallbacks: the providers of `provider.order`, or else the first target alone. */
function keepWithoutFallbacks(targets: Target[], { order }: ReadPreferences, leftOut: LeftOut[]): Target[] {
  const kept =
    order.length > 0
      ? targets.filter((target) => order.includes(target.offer.providerId))
      : targets.slice(0, 1);
  for (const target of targets) {
    if (kept.includes(target)) continue;
    leftOut.push({
      offerId: target.offer.id,
      entryId: target.entry.id,
      reason: order.length > 0 ? 'provider_order' : 'fallbacks_off',
    });
  }
  return kept;
}
