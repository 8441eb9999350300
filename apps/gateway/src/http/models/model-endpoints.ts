import type { HealthFigures, Percentiles, PriceTerms, TargetHealth } from '@trunkline/contracts';
import { adapterOf } from '@trunkline/providers';
import type { Candidate } from '@trunkline/routing';
import { architecture, pricing, supportedParameters } from './openai-model.js';
import type { ServedModel } from './model-list.js';

/** An offer that this key can reach, and what is known of it now. */
export interface ServedOffer {
  readonly candidate: Candidate;
  readonly terms: PriceTerms;
  readonly health: TargetHealth | null;
  /** A breaker keeps calls from each of its targets. */
  readonly isOut: boolean;
}

/** OpenRouter's list of a model's endpoints. https://openrouter.ai/docs/api-reference/list-endpoints-for-a-model */
export function modelEndpoints({ model }: ServedModel, offers: readonly ServedOffer[]) {
  return {
    data: {
      id: model.id,
      name: model.name,
      created: model.createdSeconds,
      description: model.description ?? '',
      architecture: architecture(model),
      endpoints: offers.map(endpoint),
    },
  };
}

function endpoint({ candidate, terms, health, isOut }: ServedOffer) {
  const { model, offer, entry } = candidate;
  const name = adapterOf(offer.providerId)?.name ?? offer.providerId;
  const windows = health?.windows;
  return {
    name: `${name} | ${model.id}`,
    model_id: model.id,
    model_name: model.name,
    context_length: offer.contextWindow ?? model.contextWindow,
    pricing: pricing(terms),
    provider_name: name,
    tag: entry.region === null ? offer.providerId : `${offer.providerId}/${entry.region}`,
    quantization: null,
    max_completion_tokens: offer.maxOutputTokens ?? model.maxOutputTokens,
    max_prompt_tokens: null,
    supported_parameters: supportedParameters(model),
    supports_implicit_caching: terms.prices['cache_read.text'] !== undefined && !isDerived(terms),
    // 0 is normal; below it an endpoint is asked after the others.
    status: isOut ? -1 : 0,
    uptime_last_5m: percent(windows?.['5m']),
    uptime_last_30m: percent(windows?.['30m']),
    uptime_last_1d: percent(windows?.['24h']),
    latency_last_30m: percentiles(windows?.['30m']?.firstTokenMs),
    throughput_last_30m: percentiles(windows?.['30m']?.tokensPerSecond),
  };
}

/** A price that only stands in for one that nobody names says nothing of a cache. */
function isDerived(terms: PriceTerms): boolean {
  return terms.completed.includes('cache_read.text');
}

function percent(figures: HealthFigures | undefined): number | null {
  const uptimePpm = figures?.uptimePpm ?? null;
  return uptimePpm === null ? null : uptimePpm / 10_000;
}

function percentiles(values: Percentiles | null | undefined) {
  return values ? { p50: values.p50, p75: values.p75, p90: values.p90, p99: values.p99 } : null;
}
