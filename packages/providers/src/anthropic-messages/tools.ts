import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import type { ModelTraits } from '../claude/model-traits.js';
import { compileOutputSchema } from '../claude/output-schema.js';
import { oneObject } from '../schema/index.js';
import { isSearchTool, lostOfSearch, searchWishOf } from '../web-search.js';

export interface ClaudeTools {
  tools: Record<string, unknown>[];
  toolChoice: Record<string, unknown> | null;
  /** The model must call a tool. */
  isForced: boolean;
  dropped: string[];
}

/**
 * Functions and the choice among them in Anthropic's form.
 * https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
 */
export function toClaudeTools(request: ChatRequest, traits: ModelTraits): ClaudeTools {
  const dropped: string[] = [];
  const tools: Record<string, unknown>[] = [];
  const { choice, allowed } = readChoice(request);
  for (const [i, tool] of (request.tools ?? []).entries()) {
    const written = toClaudeTool(tool, `tools[${i}].function`, traits, dropped);
    if (written) {
      tools.push(written);
      if (allowed?.has(String(written['name'])) === false) dropped.push(`tools[${i}]`);
    }
    // Another provider's built-in tool.
    else if (!isSearchTool(tool)) dropped.push(`tools[${i}]`);
  }
  // The older form; beside the newer one it would name the same functions twice.
  for (const [i, definition] of (request.tools?.length ? [] : (request.functions ?? [])).entries()) {
    const written = toClaudeTool(
      { type: 'function', function: definition },
      `functions[${i}]`,
      traits,
      dropped,
    );
    if (written) tools.push(written);
  }
  const offered = allowed === null ? tools : tools.filter(({ name }) => allowed.has(String(name)));
  const search = toSearchTool(request, traits, tools, dropped);
  if (search) offered.push(search);
  if (offered.length === 0) return { tools: [], toolChoice: null, isForced: false, dropped };
  let toolChoice = choice;
  if ((toolChoice?.['type'] === 'any' || toolChoice?.['type'] === 'tool') && !traits.forcedToolChoice) {
    toolChoice = { type: 'auto' };
    dropped.push('tool_choice');
  }
  if (request.parallel_tool_calls === false && toolChoice?.['type'] !== 'none') {
    toolChoice = { ...(toolChoice ?? { type: 'auto' }), disable_parallel_tool_use: true };
  }
  const isForced = toolChoice?.['type'] === 'any' || toolChoice?.['type'] === 'tool';
  return { tools: offered, toolChoice, isForced, dropped };
}

function toClaudeTool(
  tool: ChatTool,
  path: string,
  traits: ModelTraits,
  dropped: string[],
): Record<string, unknown> | null {
  const mark = tool.cache_control ? { cache_control: tool.cache_control } : {};
  if (tool.type === 'custom' && tool.custom) {
    // Free text comes as the one string of an object.
    const { name, description } = tool.custom;
    const schema = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
    return { name, ...(description ? { description } : {}), input_schema: schema, ...mark };
  }
  if (tool.type !== 'function' || !tool.function) return null;
  const { name, description, parameters, strict } = tool.function;
  const { schema, lost } = oneObject(parameters);
  dropped.push(...lost.map((keyword) => `${path}.parameters.${keyword}`));
  const compiled = strict === true && traits.structuredOutputs ? compileOutputSchema(schema) : null;
  if (compiled) dropped.push(...compiled.lost.map((keyword) => `${path}.parameters.${keyword}`));
  else if (strict === true) dropped.push(`${path}.strict`);
  return {
    name,
    ...(description ? { description } : {}),
    input_schema: compiled?.schema ?? schema,
    ...(compiled ? { strict: true } : {}),
    ...mark,
  };
}

const SEARCH = 'web_search';

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool */
function toSearchTool(
  request: ChatRequest,
  traits: ModelTraits,
  tools: readonly Record<string, unknown>[],
  dropped: string[],
): Record<string, unknown> | null {
  const wish = searchWishOf(request);
  if (!wish) return null;
  if (!traits.webSearch || tools.some(({ name }) => name === SEARCH)) {
    dropped.push(wish.path);
    return null;
  }
  const { location, allowedDomains: allowed, blockedDomains: blocked, maxUses } = wish;
  // One of the two lists is taken.
  const isBlocking = allowed.length === 0 && blocked.length > 0;
  const taken = ['user_location', 'max_uses', isBlocking ? 'blocked_domains' : 'allowed_domains'] as const;
  dropped.push(...lostOfSearch(wish, taken));
  return {
    type: 'web_search_20250305',
    name: SEARCH,
    ...(maxUses === null ? {} : { max_uses: maxUses }),
    ...(allowed.length > 0 ? { allowed_domains: allowed } : {}),
    ...(isBlocking ? { blocked_domains: blocked } : {}),
    ...(location === null ? {} : { user_location: { type: 'approximate', ...location } }),
  };
}

interface ReadChoice {
  choice: Record<string, unknown> | null;
  /** Names to offer; null is all. */
  allowed: ReadonlySet<string> | null;
}

function readChoice(request: ChatRequest): ReadChoice {
  const choice: string | Record<string, unknown> | null =
    request.tool_choice ?? request.function_call ?? null;
  if (choice === null) return { choice: null, allowed: null };
  if (typeof choice === 'string') return { choice: choiceOfWord(choice), allowed: null };
  const named = nameOf(choice['function']) ?? nameOf(choice['custom']) ?? nameOf(choice);
  if (named !== null) return { choice: { type: 'tool', name: named }, allowed: null };
  return readAllowedTools(choice['allowed_tools'] ?? choice);
}

function choiceOfWord(word: string): Record<string, unknown> {
  if (word === 'required') return { type: 'any' };
  return { type: word === 'none' ? 'none' : 'auto' };
}

/** https://platform.openai.com/docs/guides/function-calling#allowed-tools */
function readAllowedTools(value: unknown): ReadChoice {
  const { mode, tools } = value as { mode?: unknown; tools?: unknown };
  if (!Array.isArray(tools)) return { choice: null, allowed: null };
  const names = tools.map((tool: unknown) => {
    const { function: definition, custom } = tool as Record<string, unknown>;
    return nameOf(definition) ?? nameOf(custom) ?? nameOf(tool);
  });
  return {
    choice: { type: mode === 'required' ? 'any' : 'auto' },
    allowed: new Set(names.filter((name) => name !== null)),
  };
}

function nameOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  const { name } = value as { name?: unknown };
  return typeof name === 'string' ? name : null;
}
