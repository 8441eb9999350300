import type { FinishReason } from '@trunkline/contracts';
import { ownValue } from '../own-value.js';

/**
 * Words of other servers. Sources: vLLM `abort`; TGI `eos_token`, `stop_sequence`; Together `eos`; Mistral
 * `model_length`; Zhipu `sensitive`; Cohere and Gemini words from hosts that pass them on.
 */
const WORDS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  function_call: 'function_call',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  complete: 'stop',
  max_tokens: 'length',
  model_length: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  tool_call: 'tool_calls',
  sensitive: 'content_filter',
  safety: 'content_filter',
  refusal: 'content_filter',
};

/**
 * What broke off is no answer, whatever it is called: OpenRouter `error`, vLLM `abort`, Zhipu `network_error`, DeepSeek
 * `insufficient_system_resource` (https://api-docs.deepseek.com/api/create-chat-completion), servers of one's own; Google's words behind a
 * `function_call_filter:` of its endpoint that speaks OpenAI chat.
 */
const FAILURES: ReadonlySet<string> = new Set([
  'error',
  'abort',
  'aborted',
  'cancelled',
  'canceled',
  'failed',
  'failure',
  'timeout',
  'network_error',
  'server_error',
  'internal_error',
  'internal_server_error',
  'overloaded',
  'engine_overloaded',
  'insufficient_system_resource',
  'malformed_function_call',
]);

export interface ReadFinish {
  reason: FinishReason;
  native: string;
}

/**
 * Null where the choice has not ended. Some words name no ending but a failure: callers ask `isFailureFinish` first. A word that nobody knows is an ordinary stop.
 */
export function readFinishReason(value: unknown): ReadFinish | null {
  if (typeof value !== 'string' || value === '') return null;
  const word = value.toLowerCase();
  return { reason: ownValue(WORDS, word) ?? 'stop', native: value };
}

/**
 * Many servers say `stop` after a call, OpenAI itself where a function was forced, and clients that look for
 * `tool_calls` would not run it; some say `tool_calls` where there is none, and clients would wait for it.
 */
export function reasonWithCalls(reason: FinishReason, hasCalls: boolean): FinishReason {
  if (reason === 'stop' && hasCalls) return 'tool_calls';
  return reason === 'tool_calls' && !hasCalls ? 'stop' : reason;
}

export function isFailureFinish(value: unknown): boolean {
  return (
    typeof value === 'string' && FAILURES.has(value.toLowerCase().replace(/^function_call_filter:\s*/, ''))
  );
}
