import type { ChatTool, ChatToolChoice, ResponsesRequest, ResponsesTool } from '@trunkline/contracts';
import { hostedTool, type HostedTool } from '../hosted-tools.js';
import { flatName, type OwnToolName, type ToolNames } from '../tool-names.js';
import type { FoundTool } from './found-tools.js';

/** The tools of a request as canonical ones, and what of them is this dialect's alone. */
export interface ReadTools {
  readonly tools: ChatTool[];
  /** Where each of them stands in the request. */
  readonly paths: readonly string[];
  readonly choice: ChatToolChoice | null;
  readonly names: ToolNames;
  /** The first tool, or choice, that only an upstream of this dialect can be told. */
  readonly needed: string | null;
  /** A wish to search the web, in chat's words, and where it stands in the request. */
  readonly search: { readonly options: Record<string, unknown>; readonly path: string } | null;
  /** Tools that others are not told of, and can answer without. */
  readonly lost: readonly string[];
}

/** Looking something up; an answer without it is one all the same. */
const SEARCH = /^web_search/;

/** What agents offer beside their own tools, whatever the model. One that is offered alone is what is wanted. */
const OFFERED: ReadonlySet<string> = new Set(['image_generation', 'tool_search']);

/** @param found tools that are not in the request's own list */
export function readTools(
  { tools, tool_choice: choice }: ResponsesRequest,
  found: readonly FoundTool[] = [],
): ReadTools {
  const read: ChatTool[] = [];
  const paths: string[] = [];
  const lost: string[] = [];
  const offered: string[] = [];
  const custom = new Set<string>();
  const grouped = new Map<string, OwnToolName>();
  const hosted = new Map<string, HostedTool>();
  let needed: string | null = null;
  let search: ReadTools['search'] = null;
  const add = (tool: ResponsesTool, path: string, namespace?: string): void => {
    const own = readTool(tool, namespace);
    // Two of one name are refused by all.
    if (own && read.some((known) => nameOf(known) === nameOf(own))) lost.push(path);
    else if (own) {
      read.push(own);
      paths.push(path);
      if (own.custom) custom.add(own.custom.name);
      const known = namespace === undefined ? hostedTool(tool) : undefined;
      if (known) hosted.set(known.definition.name, known);
      if (namespace !== undefined && tool.name !== undefined)
        grouped.set(flatName({ name: tool.name, namespace }), { name: tool.name, namespace });
    } else if (tool.type === 'namespace') {
      for (const [i, inner] of (tool.tools ?? []).entries()) add(inner, `${path}.tools[${i}]`, tool.name);
    } else if (SEARCH.test(tool.type)) {
      if (search) lost.push(path);
      else search = { options: toSearchOptions(tool), path };
    } else if (OFFERED.has(tool.type)) offered.push(path);
    else needed ??= `${path}.type`;
  };
  for (const [i, tool] of (tools ?? []).entries()) add(tool, `tools[${i}]`);
  for (const { tool, path } of found) add(tool, path);
  const [first] = offered;
  if (read.length > 0) lost.push(...offered);
  else if (first !== undefined) needed ??= `${first}.type`;
  const readChoice = choice ? toChoice(choice, hosted) : null;
  if (readChoice === undefined) needed ??= 'tool_choice';
  // Without tools there is nothing to choose.
  const kept = read.length > 0 ? (readChoice ?? null) : null;
  return { tools: read, paths, choice: kept, names: { custom, grouped, hosted }, needed, search, lost };
}

function nameOf({ function: called, custom }: ChatTool): string | undefined {
  return (called ?? custom)?.name;
}

/** @returns null for a group, and for a tool that a provider runs */
function readTool(tool: ResponsesTool, namespace?: string): ChatTool | null {
  const { name: own, description, parameters, strict, format } = tool;
  const hosted = namespace === undefined ? hostedTool(tool) : undefined;
  if (hosted) return { type: 'function', function: hosted.definition };
  if (own === undefined) return null;
  const name = flatName({ name: own, ...(namespace === undefined ? {} : { namespace }) });
  switch (tool.type) {
    case 'function':
      return {
        type: 'function',
        function: {
          name,
          ...(description ? { description } : {}),
          ...(parameters ? { parameters } : {}),
          ...(typeof strict === 'boolean' ? { strict } : {}),
        },
      };
    case 'custom':
      return {
        type: 'custom',
        custom: {
          name,
          ...(description ? { description } : {}),
          ...(format ? { format: toChatFormat(format) } : {}),
        },
      };
    default:
      return null;
  }
}

/** The place is flat here and nested in chat, which knows no filters: the gateway's adapters read them. */
function toSearchOptions(tool: ResponsesTool): Record<string, unknown> {
  const { search_context_size: size, user_location: location, filters } = tool;
  const { type: _approximate, ...place } = (location ?? {}) as Record<string, unknown>;
  return {
    ...(size ? { search_context_size: size } : {}),
    ...(location ? { user_location: { type: 'approximate', approximate: place } } : {}),
    ...(filters ? { filters } : {}),
  };
}

/** A grammar is flat here and nested in chat. */
function toChatFormat({ type, ...rest }: { type: string; [extra: string]: unknown }): unknown {
  return type === 'grammar' ? { type, grammar: rest } : { type, ...rest };
}

type Hosted = ReadonlyMap<string, HostedTool>;

/** @returns undefined for a choice of a tool that the provider runs */
function toChoice(
  choice: NonNullable<ResponsesRequest['tool_choice']>,
  hosted: Hosted,
): ChatToolChoice | undefined {
  if (typeof choice === 'string') return choice;
  if (choice.type !== 'allowed_tools') return named(choice, hosted);
  const kept = (choice.tools ?? []).filter(({ type }) => !SEARCH.test(type) && !OFFERED.has(type));
  const tools = kept.map((tool) => named(tool, hosted));
  if (tools.includes(undefined)) return undefined;
  return { type: 'allowed_tools', allowed_tools: { mode: choice.mode ?? 'auto', tools } };
}

function named(
  { type, name }: { type: string; name?: string | undefined },
  hosted: Hosted,
): ChatToolChoice | undefined {
  if (hosted.has(type)) return { type: 'function', function: { name: type } };
  if (name === undefined) return undefined;
  if (type === 'function') return { type, function: { name } };
  return type === 'custom' ? { type, custom: { name } } : undefined;
}
