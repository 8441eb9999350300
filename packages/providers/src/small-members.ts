import type { ChatMessage, ChatRequest, ChatTool, ContentPart } from '@trunkline/contracts';
import { isRecord } from './loose-json.js';
import { asksForNothing, type ParameterRules } from './parameters/index.js';
import type { BuildResult } from './types.js';

/** What a target takes of the smaller members of a request: of its messages, parts, tools and its wish to reason. */
export interface TakenMembers {
  /**
   * By name, wherever they stand: `name`, `detail`, `cache_control`; marks of tools, marks for an hour and the wish to
   * reason by two: `tools.cache_control`, `cache_control.ttl`, `reasoning.summary`.
   */
  readonly taken: ReadonlySet<string>;
  /** It gets what nobody here knows, except in the wish to reason. */
  readonly takesOthers?: boolean;
}

/**
 * Tells in `dropped` which smaller members of a request its target does not get, and which hints. They are no parameters
 * and filter no targets.
 */
export function tellSmallMembers(
  built: BuildResult,
  request: ChatRequest,
  rules: ParameterRules,
  members: TakenMembers,
): BuildResult {
  return tellDropped(built, [...lostHints(request, rules), ...lostMembers(request, members)]);
}

/** The same request, with more that is told. */
export function tellDropped(built: BuildResult, lost: readonly string[]): BuildResult {
  if (built.kind === 'refused' || lost.length === 0) return built;
  const dropped = [...new Set([...built.request.dropped, ...lost])];
  return { kind: 'built', request: { ...built.request, dropped } };
}

function lostHints(request: ChatRequest, { rules }: ParameterRules): string[] {
  return Object.keys(request).filter(
    (field) => rules.get(field) === 'unneeded' && !asksForNothing(field, request[field]),
  );
}

function lostMembers(request: ChatRequest, members: TakenMembers): string[] {
  const lost: string[] = [];
  const look: Look = (object, path, read) => {
    for (const [name, value] of Object.entries(object)) {
      if (read.has(name) || saysNothing(name, value)) continue;
      if (!isTaken(name, members)) lost.push(MARKS.has(name) ? 'cache_control' : `${path}.${name}`);
      else if (name === 'cache_control' && isForAnHour(value) && !members.taken.has('cache_control.ttl'))
        lost.push('cache_control.ttl');
    }
  };
  for (const [i, message] of request.messages.entries()) lookAtMessage(message, `messages[${i}]`, look);
  for (const [i, tool] of (request.tools ?? []).entries()) {
    lookAtTool(tool, `tools[${i}]`, look);
    if (tool.cache_control && !members.taken.has('tools.cache_control')) lost.push('cache_control');
  }
  for (const [name, value] of Object.entries(request.reasoning ?? {})) {
    const path = `reasoning.${name}`;
    if (!OF_REASONING.has(name) && !saysNothing(name, value) && !members.taken.has(path)) lost.push(path);
  }
  return lost;
}

type Look = (object: object, path: string, read: ReadonlySet<string>) => void;

function lookAtMessage(message: ChatMessage, path: string, look: Look): void {
  look(message, path, OF_MESSAGES[message.role]);
  if (Array.isArray(message.content))
    for (const [j, part] of message.content.entries()) lookAtPart(part, `${path}.content[${j}]`, look);
  if (message.role !== 'assistant') return;
  for (const [j, call] of (message.tool_calls ?? []).entries())
    look(call, `${path}.tool_calls[${j}]`, OF_CALLS);
}

function lookAtPart(part: ContentPart, path: string, look: Look): void {
  look(part, path, OF_PARTS);
  for (const kind of MEDIA) {
    const media: unknown = part[kind as keyof ContentPart];
    if (isRecord(media)) look(media, `${path}.${kind}`, OF_MEDIA);
  }
}

/** A provider's own tool goes as a whole or not at all. */
function lookAtTool(tool: ChatTool, path: string, look: Look): void {
  if (tool.type === 'function') look(tool.function ?? {}, `${path}.function`, OF_FUNCTIONS);
  else if (tool.type === 'custom') look(tool.custom ?? {}, `${path}.custom`, OF_FUNCTIONS);
  else return;
  look(tool, path, OF_TOOLS);
}

// Members by which a request is read. Each target has its own words for them, and tells itself where it has none.
const MEDIA = ['image_url', 'input_audio', 'video_url', 'file'];
const OF_PARTS = new Set(['type', 'text', 'refusal', ...MEDIA]);
const OF_MEDIA = new Set(['url', 'data', 'format', 'file_data', 'file_id']);
const OF_CALLS = new Set(['id', 'type', 'index', 'function', 'custom', 'extra_content']);
const OF_TOOLS = new Set(['type', 'function', 'custom', 'cache_control']);
const OF_FUNCTIONS = new Set(['name', 'description', 'parameters', 'strict']);
const OF_REASONING = new Set(['effort', 'max_tokens', 'enabled']);
const OF_SPEAKERS = new Set(['role', 'content']);
const OF_MESSAGES: Readonly<Record<ChatMessage['role'], ReadonlySet<string>>> = {
  system: OF_SPEAKERS,
  developer: OF_SPEAKERS,
  user: OF_SPEAKERS,
  tool: new Set([...OF_SPEAKERS, 'tool_call_id']),
  function: new Set([...OF_SPEAKERS, 'name']),
  assistant: new Set([
    ...[...OF_SPEAKERS, 'refusal', 'tool_calls', 'function_call', 'audio'],
    // What was thought is told as a whole, by `tellForeignState`.
    ...['reasoning', 'reasoning_content', 'reasoning_details', 'images'],
    // What an answer says of itself.
    ...['id', 'status', 'annotations', 'citations'],
  ]),
};

const MARKS: ReadonlySet<string> = new Set(['cache_control', 'prompt_cache_breakpoint']);

/** Members that are not OpenAI's, or that some who speak its format refuse: taken only where that is said. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['cache_control', 'is_error', 'name', 'detail', 'format', 'filename'],
]);

function isTaken(name: string, { taken, takesOthers = false }: TakenMembers): boolean {
  return taken.has(MARKS.has(name) ? 'cache_control' : name) || (takesOthers && !KNOWN.has(name));
}

function isForAnHour(mark: unknown): boolean {
  return isRecord(mark) && mark['ttl'] === '1h';
}

function saysNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (name === 'detail' || name === 'summary') return value === 'auto';
  return name === 'format' && isRecord(value) && value['type'] === 'text';
}
