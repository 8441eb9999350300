import { createHash } from 'node:crypto';
import type {
  CacheControl,
  ChatRequest,
  ChatTool,
  ChatToolChoice,
  MessagesRequest,
  ReasoningOptions,
  ResponseFormat,
} from '@trunkline/contracts';
import { isOwnTool } from '@trunkline/contracts';
import { webSearchAt } from './native-parts.js';
import type { SourcePaths } from './source-paths.js';
import { toChatMessages } from './to-chat-messages.js';

/**
 * A Messages request in the canonical form.
 * @throws AppError 400 for content that may not stand where it does
 */
export function toChatRequest(request: MessagesRequest, paths: SourcePaths): ChatRequest {
  const tools = toChatTools(request, paths);
  const choice = toToolChoice(request);
  const reasoning = toReasoning(request);
  const format = toResponseFormat(request, paths);
  const written: ChatRequest = { messages: toChatMessages(request, paths) };
  if (request.cache_control) markEnd(written, request.cache_control as CacheControl);
  const optional: Record<string, unknown> = {
    model: request.model,
    models: request.models,
    max_tokens: request.max_tokens,
    stream: request.stream,
    temperature: request.temperature,
    top_p: request.top_p,
    top_k: request.top_k,
    stop: request.stop_sequences?.length ? request.stop_sequences : null,
    tools: tools.length > 0 ? tools : null,
    tool_choice: tools.length > 0 ? choice : null,
    web_search_options: toSearchOptions(request, paths),
    parallel_tool_calls: request.tool_choice?.disable_parallel_tool_use === true ? false : null,
    reasoning,
    response_format: format,
    user: toUser(request.metadata?.user_id),
    provider: request.provider,
    trunkline: request.trunkline,
  };
  for (const [field, value] of Object.entries(optional))
    if (value !== null && value !== undefined) written[field] = value;
  return written;
}

/** Longer ones are refused by OpenAI; other providers take up to 128. */
const MAX_USER_CHARACTERS = 64;

/** A longer name becomes its hash, which is the same for each of its calls. */
function toUser(userId: string | null | undefined): string | null {
  if (!userId || userId.length <= MAX_USER_CHARACTERS) return userId ?? null;
  return createHash('sha256').update(userId).digest('hex');
}

/**
 * A mark on the whole request means: cache up to its last block.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching#automatic-caching
 */
function markEnd({ messages }: ChatRequest, mark: CacheControl): void {
  const last = messages.at(-1);
  if (last?.role !== 'user' && last?.role !== 'tool') return;
  if (typeof last.content === 'string') {
    if (last.content !== '') last.content = [{ type: 'text', text: last.content, cache_control: mark }];
    return;
  }
  const part = last.content.at(-1);
  if (part && part.type !== 'refusal') part.cache_control ??= mark;
}

function toChatTools(request: MessagesRequest, paths: SourcePaths): ChatTool[] {
  const tools: ChatTool[] = [];
  for (const [i, tool] of (request.tools ?? []).entries()) {
    if (!isOwnTool(tool)) continue;
    const { name = '', description, input_schema: schema, strict, cache_control: mark } = tool;
    const written: ChatTool = {
      type: 'function',
      function: {
        name,
        ...(description ? { description } : {}),
        parameters: schema ?? null,
        ...(strict === true ? { strict } : {}),
      },
      ...(mark ? { cache_control: mark as CacheControl } : {}),
    };
    tools.push(paths.note(written, `tools.${i}`));
  }
  return tools;
}

/**
 * Anthropic's search in chat's words, with what those do not say: domains, and how often.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
 */
function toSearchOptions(request: MessagesRequest, paths: SourcePaths): Record<string, unknown> | null {
  const at = webSearchAt(request);
  const tool = request.tools?.[at];
  if (!tool) return null;
  const { user_location: location } = tool;
  const { type: _approximate, ...place } = (location ?? {}) as Record<string, unknown>;
  const options: Record<string, unknown> = {};
  if (location) options['user_location'] = { type: 'approximate', approximate: place };
  for (const name of ['allowed_domains', 'blocked_domains', 'max_uses'])
    if ((tool[name] ?? null) !== null) options[name] = tool[name];
  return paths.note(options, `tools.${at}`);
}

function toToolChoice({ tool_choice: choice, tools }: MessagesRequest): ChatToolChoice | null {
  switch (choice?.type) {
    case undefined:
      return null;
    case 'any':
      return 'required';
    case 'tool':
      // Anthropic's own tools have no canonical form: who speaks its protocol reads the choice as it is.
      if (tools?.some((tool) => tool.name === choice.name && !isOwnTool(tool))) return null;
      return { type: 'function', function: { name: choice.name } };
    case 'auto':
    case 'none':
      return choice.type;
  }
}

/** https://platform.claude.com/docs/en/build-with-claude/extended-thinking · …/effort */
function toReasoning({ thinking, output_config: output }: MessagesRequest): ReasoningOptions | null {
  const effort = output?.effort ? { effort: output.effort } : {};
  switch (thinking?.type) {
    case undefined:
      return output?.effort ? effort : null;
    case 'disabled':
      return { enabled: false };
    case 'enabled':
      return { enabled: true, max_tokens: thinking.budget_tokens, ...exclusion(thinking) };
    case 'adaptive':
    case 'between_tools':
      return { enabled: true, ...effort, ...exclusion(thinking) };
  }
}

function exclusion(thinking: Record<string, unknown>): ReasoningOptions {
  return thinking['display'] === 'omitted' ? { exclude: true } : {};
}

function toResponseFormat(request: MessagesRequest, paths: SourcePaths): ResponseFormat | null {
  const { output_config: output, output_format: older } = request;
  const format = output?.format ?? older;
  if (!format) return null;
  const path = output?.format ? 'output_config.format' : 'output_format';
  const schema = { schema: format.schema, strict: true };
  return paths.note<ResponseFormat>({ type: 'json_schema', json_schema: schema }, `${path}.schema`);
}
