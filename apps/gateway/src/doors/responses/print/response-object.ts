import type { ResponsesRequest } from '@trunkline/contracts';
import type { UsageObject } from '../../../billing/usage-object.js';

export type JsonObject = Record<string, unknown>;

/** What a response says of itself and of its request. https://platform.openai.com/docs/api-reference/responses/object */
export interface ResponseNames {
  readonly id: string;
  /** Unix seconds. */
  readonly createdSeconds: number;
  readonly model: string;
}

/** What is ours to say of a response, whoever gave it. */
export interface OwnFields {
  readonly store: boolean;
  readonly previous_response_id: string | null;
  readonly metadata: Record<string, unknown>;
  /** Where it runs in the background: its client knew the id before any provider did. */
  readonly id?: string;
  readonly background?: true;
}

/** The request's fields as a response tells them again. */
export function echoOf(body: ResponsesRequest): JsonObject {
  return {
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: body.reasoning?.summary ?? null },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: 'default',
    temperature: body.temperature ?? null,
    text: { ...body.text, format: body.text?.format ?? { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? null,
    truncation: body.truncation ?? 'disabled',
    user: body.user ?? null,
  };
}

/** A response that has nothing in it. */
export function shellOf(status: string, names: ResponseNames, echo: JsonObject, own: OwnFields): JsonObject {
  const { id, createdSeconds, model } = names;
  return {
    id,
    object: 'response',
    created_at: createdSeconds,
    status,
    model,
    output: [],
    ...echo,
    ...own,
    usage: null,
  };
}

/** A provider's cost, name and account: they never reach a client. */
const STRIPPED = ['billing', 'cost', 'organization', 'provider', 'user_id'];

/** A response of an upstream that speaks this dialect, as the client may see it. */
export function cleanResponse(response: JsonObject, own: OwnFields): JsonObject {
  const kept = Object.entries(response).filter(([field]) => !STRIPPED.includes(field));
  return { ...Object.fromEntries(kept), ...own };
}

/** https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage */
export function responseUsage(usage: UsageObject): JsonObject {
  const { cached_tokens: cached, cache_write_tokens: written } = usage.prompt_tokens_details;
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    output_tokens: usage.completion_tokens,
    output_tokens_details: { reasoning_tokens: usage.completion_tokens_details.reasoning_tokens },
    total_tokens: usage.total_tokens,
    cost: usage.cost,
    is_byok: usage.is_byok,
    cost_details: usage.cost_details,
  };
}

/** How an answer that ended well ended, by the reason in chat's words. */
export function endingFields(finishReason: string | null): {
  status: 'completed' | 'incomplete';
  incomplete_details: { reason: 'max_output_tokens' | 'content_filter' } | null;
} {
  switch (finishReason) {
    case 'length':
      return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    case 'content_filter':
      return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
    default:
      return { status: 'completed', incomplete_details: null };
  }
}
