import { toUsdNumber } from '@trunkline/contracts';
import type { Attempt, Call } from '@trunkline/prisma';

/** OpenRouter's names of what a call asked for. */
const API_TYPES: Readonly<Record<string, string>> = {
  embeddings: 'embeddings',
  rerank: 'rerank',
  speech: 'tts',
  transcriptions: 'stt',
  images: 'image',
};

/** Routing's reason for a target that is asked with the caller's own credential. */
const OWN_KEY = 'own key';

/** A call as OpenRouter shows it; what is not kept is null. https://openrouter.ai/docs/api-reference/get-a-generation */
export function printGeneration(call: Call, attempts: readonly Attempt[]) {
  const cost = toUsdNumber(call.costNanoUsd);
  const committed = attempts.find((attempt) => attempt.committed);
  return {
    id: call.id,
    request_id: call.id,
    upstream_id: call.providerResponseId,
    total_cost: cost,
    usage: cost,
    cache_discount: null,
    upstream_inference_cost: null,
    is_byok: committed?.reason === OWN_KEY,
    created_at: call.createdAt.toISOString(),
    model: call.modelId ?? call.requestedModel,
    provider_name: call.providerId,
    provider_responses: attempts.map((attempt) => ({
      id: attempt.id,
      provider_name: attempt.providerId,
      model_permaslug: attempt.modelId,
      status: attempt.statusCode,
      latency: attempt.durationMs,
      is_byok: attempt.reason === OWN_KEY,
    })),
    api_type: API_TYPES[call.endpoint] ?? 'completions',
    streamed: call.stream,
    cancelled: call.billingReason.startsWith('client_left'),
    latency: call.firstTokenMs,
    moderation_latency: null,
    generation_time: call.durationMs - (call.firstTokenMs ?? 0),
    finish_reason: call.finishReason,
    native_finish_reason: call.nativeFinishReason,
    // Both of our counts are the provider's own.
    tokens_prompt: call.promptTokens,
    tokens_completion: call.completionTokens,
    native_tokens_prompt: call.promptTokens,
    native_tokens_completion: call.completionTokens,
    native_tokens_completion_images: null,
    native_tokens_reasoning: call.reasoningTokens,
    native_tokens_cached: call.cachedTokens,
    num_media_prompt: null,
    num_media_completion: null,
    num_input_audio_prompt: null,
    num_search_results: null,
    num_fetches: null,
    web_search_engine: null,
    external_user: call.endUser,
    user_agent: call.userAgent,
    http_referer: null,
    origin: '',
    app_id: null,
    preset_id: null,
    router: null,
    service_tier: null,
    workspace_id: call.projectId,
    data_region: 'global',
  };
}
