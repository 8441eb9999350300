import type { ChatRequest, ChatTool, FunctionDefinition } from '@trunkline/contracts';
import { isRecord, recordOf } from '../loose-json.js';
import { OPENAI_STRICT, OPENAI_TOLD } from '../openai-compatible/strict-schemas.js';
import { compileSchema, compileStrict, oneObject } from '../schema/index.js';
import { Refusal } from '../refusal.js';
import { isSearchTool, lostOfSearch, searchWishOf, type SearchWish } from '../web-search.js';
import type { InputPart } from './content.js';

export interface WrittenTools {
  tools: InputPart[];
  toolChoice: unknown;
}

/** Tools of the provider's own that need no object kept there; what they do is counted in the answer. */
const BUILT_IN = /^web_search(?:_preview)?(?:_\d{4}_\d{2}_\d{2})?$/;

/**
 * Functions and custom tools, which are flat here, and web search.
 * https://platform.openai.com/docs/api-reference/responses/create#responses-create-tools
 * @param dropped takes what was weakened
 * @throws Refusal for a provider's tool that would run on the platform's account
 */
export function writeTools(request: ChatRequest, dropped: string[]): WrittenTools {
  const tools = (request.tools ?? []).flatMap((tool, i) =>
    isForeignSearch(tool) ? [] : [writeTool(tool, `tools[${i}]`, dropped)],
  );
  for (const [i, definition] of (request.functions ?? []).entries())
    tools.push(functionTool(definition, `functions[${i}]`, dropped));
  const search = searchWishOf(request);
  if (search && !tools.some(({ type }) => BUILT_IN.test(type))) tools.push(searchTool(search, dropped));
  return { tools, toolChoice: tools.length > 0 ? writeChoice(request) : null };
}

/** Another maker's tool to search the web: the wish becomes the provider's own. */
function isForeignSearch(tool: ChatTool): boolean {
  return isSearchTool(tool) && !BUILT_IN.test(tool.type);
}

function writeTool(tool: ChatTool, path: string, dropped: string[]): InputPart {
  if (tool.type === 'function' && tool.function)
    return functionTool(tool.function, `${path}.function`, dropped);
  if (tool.type === 'custom' && tool.custom) {
    const { name, description, format } = tool.custom;
    const grammar = recordOf(recordOf(format)['grammar']);
    const isGrammar = recordOf(format)['type'] === 'grammar';
    return {
      type: 'custom',
      name,
      ...(description ? { description } : {}),
      ...(format ? { format: isGrammar ? { type: 'grammar', ...grammar } : format } : {}),
    };
  }
  if (!BUILT_IN.test(tool.type))
    throw new Refusal(`${path}.type`, `Tools of type ${tool.type} are not sent to this provider.`);
  const { cache_control: _mark, ...rest } = tool;
  return { ...rest, type: tool.type };
}

/** `strict` is on by default here and off in chat. */
function functionTool(
  { name, description, parameters, strict }: FunctionDefinition,
  path: string,
  dropped: string[],
): InputPart {
  const { schema, lost } = oneObject(parameters);
  dropped.push(...lost.map((keyword) => `${path}.parameters.${keyword}`));
  const compiled = strict === true ? compileStrict(schema, OPENAI_STRICT) : null;
  if (compiled) dropped.push(...compiled.lost.map((keyword) => `${path}.parameters.${keyword}`));
  else if (strict === true) dropped.push(`${path}.strict`);
  return {
    type: 'function',
    name,
    ...(description ? { description } : {}),
    parameters: (compiled ?? compileSchema(schema, OPENAI_TOLD))?.schema ?? schema,
    strict: compiled !== null,
  };
}

/** https://platform.openai.com/docs/guides/tools-web-search */
function searchTool(wish: SearchWish, dropped: string[]): InputPart {
  const { contextSize, location, allowedDomains: domains } = wish;
  dropped.push(...lostOfSearch(wish, ['search_context_size', 'user_location', 'allowed_domains']));
  return {
    type: 'web_search',
    ...(contextSize === null ? {} : { search_context_size: contextSize }),
    ...(location === null ? {} : { user_location: { ...location, type: 'approximate' } }),
    ...(domains.length > 0 ? { filters: { allowed_domains: domains } } : {}),
  };
}

function writeChoice({ tool_choice: choice, function_call: older }: ChatRequest): unknown {
  if (isRecord(older)) return { type: 'function', name: older['name'] };
  if (!isRecord(choice)) return choice ?? older ?? null;
  if (choice['type'] === 'allowed_tools') {
    const allowed = recordOf(choice['allowed_tools']);
    const tools = Array.isArray(allowed['tools']) ? (allowed['tools'] as unknown[]) : [];
    return { type: 'allowed_tools', mode: allowed['mode'] ?? 'auto', tools: tools.map(flat) };
  }
  return flat(choice);
}

/** `{type: "function", function: {name}}` as `{type: "function", name}`. */
function flat(choice: unknown): unknown {
  if (!isRecord(choice)) return choice;
  const named = choice['function'] ?? choice['custom'];
  if (!isRecord(named)) return choice;
  return { type: choice['custom'] === undefined ? 'function' : 'custom', name: named['name'] };
}
