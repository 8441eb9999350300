import type { BeyondBucket, Usage, UsageBucket } from '@trunkline/contracts';
import { countOf, isRecord, recordOf } from '../loose-json.js';
import type { UsageQuirks } from './quirks.js';

/**
 * OpenAI's usage object as disjoint buckets. `prompt_tokens` includes cached and written tokens, `completion_tokens`
 * includes reasoning, so the details are taken out of the totals, and the buckets add up to them.
 * https://platform.openai.com/docs/api-reference/chat/object#chat-object-usage
 * @returns null where there are no counts
 */
export function usageFromOpenAi(value: unknown, quirks: UsageQuirks = {}): Usage | null {
  if (!isRecord(value)) return null;
  const prompt = countOf(value['prompt_tokens']);
  const completion = countOf(value['completion_tokens']);
  if (prompt === null && completion === null) return null;
  const usage: Usage = {};
  addPrompt(usage, value, prompt ?? 0);
  addCompletion(usage, value, prompt ?? 0, completion ?? 0, quirks);
  // Perplexity: https://docs.perplexity.ai/getting-started/pricing
  set(usage, 'citation_tokens', countOf(value['citation_tokens']) ?? 0);
  set(usage, 'searches', countOf(value['num_search_queries']) ?? 0);
  // OpenRouter: https://openrouter.ai/docs/guides/features/server-tools/web-search
  set(usage, 'searches', countOf(recordOf(value['server_tool_use'])['web_search_requests']) ?? 0);
  const serverTools = value['server_side_tool_usage_details'];
  if (isRecord(serverTools)) addServerTools(usage, serverTools);
  if (quirks.countRequests) usage.requests = 1;
  return usage;
}

/** xAI: tools that it runs itself, by the call. https://docs.x.ai/developers/pricing#tool-invocation-costs */
function addServerTools(usage: Usage, details: Record<string, unknown>): void {
  const calls = (...names: string[]): number =>
    names.reduce((sum, name) => sum + (countOf(details[`${name}_calls`]) ?? 0), 0);
  const searches = calls('web_search', 'x_search');
  if (searches > 0) usage.searches = searches;
  set(usage, 'queries', calls('file_search', 'collections_search', 'document_search'));
  set(usage, 'code_sessions', calls('code_interpreter', 'code_execution'));
}

function addPrompt(usage: Usage, value: Record<string, unknown>, prompt: number): void {
  const details = recordOf(value['prompt_tokens_details']);
  let rest = prompt;
  const take = (bucket: UsageBucket, units: number): void => {
    const taken = Math.min(units, rest);
    set(usage, bucket, taken);
    rest -= taken;
  };
  const cached = cachedTokens(value, details);
  take('cache_read.text', cached);
  set(usage, 'beyond.cache_read', cached - prompt);
  const written =
    countOf(details['cache_write_tokens']) ?? countOf(value['cache_creation_input_tokens']) ?? 0;
  const writtenForHour = countOf(recordOf(value['cache_creation'])['ephemeral_1h_input_tokens']) ?? 0;
  take('cache_write_1h.text', Math.min(writtenForHour, written));
  take('cache_write_5m.text', Math.max(0, written - writtenForHour));
  take('input.audio', countOf(details['audio_tokens']) ?? 0);
  take('input.image', countOf(details['image_tokens']) ?? 0);
  take('input.video', countOf(details['video_tokens']) ?? 0);
  set(usage, 'input.text', rest);
}

/** Where the hits stand, by provider: OpenAI; DeepSeek; Moonshot and Mistral; Fireworks and others. */
function cachedTokens(value: Record<string, unknown>, details: Record<string, unknown>): number {
  return (
    positive(details['cached_tokens']) ??
    positive(value['prompt_cache_hit_tokens']) ??
    positive(value['cached_tokens']) ??
    positive(value['num_cached_tokens']) ??
    positive(value['cache_read_input_tokens']) ??
    0
  );
}

function addCompletion(
  usage: Usage,
  value: Record<string, unknown>,
  prompt: number,
  completion: number,
  quirks: UsageQuirks,
): void {
  const details = recordOf(value['completion_tokens_details']);
  const reasoning = countOf(details['reasoning_tokens']) ?? countOf(value['reasoning_tokens']) ?? 0;
  const isBeside = isReasoningBeside({ reasoning, completion, rest: totalBehind(value, prompt) }, quirks);
  const within = isBeside ? reasoning : Math.min(reasoning, completion);
  let rest = isBeside ? completion : completion - within;
  set(usage, 'reasoning.text', within);
  set(usage, 'beyond.reasoning', reasoning - within);
  const audio = Math.min(countOf(details['audio_tokens']) ?? 0, rest);
  set(usage, 'output.audio', audio);
  rest -= audio;
  const image = Math.min(countOf(details['image_tokens']) ?? 0, rest);
  set(usage, 'output.image', image);
  set(usage, 'output.text', rest - image);
}

/** Of the total, what is not the prompt; null where there is no total. */
function totalBehind(value: Record<string, unknown>, prompt: number): number | null {
  const total = countOf(value['total_tokens']);
  return total === null ? null : total - prompt;
}

/** True where `completion_tokens` leaves the reasoning out, as a quirk or the sums say. */
function isReasoningBeside(
  { reasoning, completion, rest }: { reasoning: number; completion: number; rest: number | null },
  { reasoningBeside }: UsageQuirks,
): boolean {
  if (reasoningBeside === true) return true;
  if (reasoning > completion) return reasoningBeside === 'where-more' || rest !== completion;
  return reasoning > 0 && rest === completion + reasoning;
}

function set(usage: Usage, bucket: UsageBucket | BeyondBucket, units: number): void {
  if (units > 0) usage[bucket] = units;
}

function positive(value: unknown): number | null {
  return countOf(value) || null;
}
