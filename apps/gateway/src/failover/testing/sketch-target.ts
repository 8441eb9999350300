import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import type { Target } from '@trunkline/routing';

/** A target with what failover looks at. */
export function sketchTarget(
  name: string,
  facts: { model?: string; contextWindow?: number; maxOutputTokens?: number } = {},
): Target {
  const modelId = facts.model ?? 'acme/one';
  const sellPrice = {
    id: '0190b3a1-0000-7000-8000-000000000001',
    offerId: `${modelId}@${name}`,
    side: 'sell' as const,
    pricePlanId: 'standard',
    effectiveFromMs: 0,
    effectiveToMs: null,
    terms: { prices: { 'input.text': '1000', 'output.text': '2000' }, completed: [], tiers: [], hours: [] },
  };
  return {
    key: name,
    model: {
      id: modelId,
      name: modelId,
      author: 'acme',
      kind: 'chat',
      description: null,
      createdSeconds: 0,
      contextWindow: null,
      maxOutputTokens: null,
      inputModalities: ['text'],
      outputModalities: ['text'],
      capabilities: {},
      retired: false,
    },
    offer: {
      id: `${modelId}@${name}`,
      modelId,
      providerId: name,
      providerModel: 'one',
      endpoints: ['chat'],
      contextWindow: facts.contextWindow ?? null,
      maxOutputTokens: facts.maxOutputTokens ?? null,
      billing: 'paygo',
      status: 'active',
    },
    entry: {
      id: '0190b3a1-0000-7000-8000-000000000002',
      providerId: name,
      organizationId: null,
      protocol: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
      region: null,
      enabled: true,
      credentials: [],
    },
    credentialId: null,
    ownKey: false,
    providerModel: 'one',
    reason: 'expected price',
    sellPrice,
    forecast: { promptCostNanoUsd: 0n, outputNanoUsdPerMillion: 2000n },
    expectedCostNanoUsd: 0n,
  };
}

export function sketchFailure(
  outcome: FailureOutcome,
  facts: Partial<UpstreamFailure> = {},
): UpstreamFailure {
  return {
    outcome,
    statusCode: 500,
    retryAfterMs: null,
    providerCode: null,
    message: outcome,
    param: null,
    ...facts,
  };
}
