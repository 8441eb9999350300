import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import { compileOutputSchema } from '../../claude/output-schema.js';
import { oneObject } from '../../schema/index.js';
import type { ConverseBlock } from './media.js';
import { cachePoint, type ConverseMessage } from './messages.js';
import type { ModelTraits } from './model-traits.js';

export interface ConverseTools {
  /** Null where the request has neither tools nor calls of them. */
  toolConfig: { tools: ConverseBlock[]; toolChoice?: ConverseBlock } | null;
  /** The model must call a tool. */
  isForced: boolean;
  dropped: string[];
}

/**
 * Functions and the choice among them. Converse knows no choice `none`: the tools are left out, unless the conversation has
 * calls, which it refuses without the tools that they name.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html
 */
export function toConverseTools(
  request: ChatRequest,
  messages: readonly ConverseMessage[],
  traits: ModelTraits,
): ConverseTools {
  const dropped: string[] = [];
  const specs: WrittenTool[] = [];
  for (const [i, tool] of (request.tools ?? []).entries()) {
    const written = writeTool(tool, `tools[${i}]`, traits, dropped);
    if (written) specs.push(written);
    // Another provider's built-in tool.
    else dropped.push(`tools[${i}]`);
  }
  // The older form; beside the newer one it would name the same functions twice.
  for (const [i, definition] of (request.tools?.length ? [] : (request.functions ?? [])).entries()) {
    const tool: ChatTool = { type: 'function', function: definition };
    const written = writeTool(tool, `functions[${i}]`, traits, dropped);
    if (written) specs.push(written);
  }
  const choice = readChoice(request);
  const { allowed } = choice;
  const called = calledNames(messages);
  const offered =
    choice.kind === 'none'
      ? specs.filter(() => called.size > 0)
      : allowed === null
        ? [...specs]
        : specs.filter(({ name }) => allowed.has(name));
  if (choice.kind === 'none' && offered.length > 0) dropped.push('tool_choice');
  if (offered.length === 0) offered.push(...[...called].map(formerTool));
  if (offered.length === 0) {
    if (specs.length > 0) dropped.push('tools');
    return { toolConfig: null, isForced: false, dropped };
  }
  const forced = force(choice, offered, traits);
  const leftOut = specs.filter((spec) => !forced.offered.includes(spec)).map(({ path }) => path);
  dropped.push(...leftOut, ...forced.dropped);
  const tools = forced.offered.flatMap(({ spec, point }) => (point ? [spec, point] : [spec]));
  const toolConfig = { tools, ...(forced.toolChoice ? { toolChoice: forced.toolChoice } : {}) };
  return { toolConfig, isForced: forced.isForced, dropped };
}

interface WrittenTool {
  readonly name: string;
  /** Where it stands in the request. */
  readonly path: string;
  readonly spec: ConverseBlock;
  /** Behind a tool that has a cache mark. */
  readonly point: ConverseBlock | null;
}

function writeTool(tool: ChatTool, at: string, traits: ModelTraits, dropped: string[]): WrittenTool | null {
  const point = tool.cache_control && traits.toolCachePoints ? cachePoint(tool.cache_control, traits) : null;
  if (tool.type === 'custom' && tool.custom) {
    // Free text comes as the one string of an object.
    const { name, description } = tool.custom;
    const schema = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
    return { name, path: at, spec: toolSpec(name, description, schema, false), point };
  }
  if (tool.type !== 'function' || !tool.function) return null;
  const path = at.startsWith('tools') ? `${at}.function` : at;
  const { name, description, parameters, strict } = tool.function;
  const { schema, lost } = oneObject(parameters);
  dropped.push(...lost.map((keyword) => `${path}.parameters.${keyword}`));
  const compiled = strict === true && traits.jsonSchema ? compileOutputSchema(schema) : null;
  if (compiled) dropped.push(...compiled.lost.map((keyword) => `${path}.parameters.${keyword}`));
  else if (strict === true) dropped.push(`${path}.strict`);
  const spec = toolSpec(name, description, compiled?.schema ?? schema, compiled !== null);
  return { name, path: at, spec, point };
}

function toolSpec(
  name: string,
  description: unknown,
  schema: Record<string, unknown>,
  isStrict: boolean,
): ConverseBlock {
  return {
    toolSpec: {
      name,
      ...(typeof description === 'string' && description.trim() !== '' ? { description } : {}),
      inputSchema: { json: schema },
      ...(isStrict ? { strict: true } : {}),
    },
  };
}

/** A tool of the conversation that the request does not offer any more. */
function formerTool(name: string): WrittenTool {
  const schema = { type: 'object', properties: {} };
  return { name, path: '', spec: toolSpec(name, 'No longer available.', schema, false), point: null };
}

function calledNames(messages: readonly ConverseMessage[]): ReadonlySet<string> {
  const names = messages
    .flatMap(({ content }) => content)
    .map((block) => (block['toolUse'] as { name: string } | undefined)?.name);
  return new Set(names.filter((name) => name !== undefined));
}

type Choice =
  | { readonly kind: 'auto' | 'none' | 'required'; readonly allowed: ReadonlySet<string> | null }
  | { readonly kind: 'named'; readonly name: string; readonly allowed: null };

function force(
  choice: Choice,
  offered: readonly WrittenTool[],
  { forcedChoice }: ModelTraits,
): {
  offered: readonly WrittenTool[];
  toolChoice: ConverseBlock | null;
  isForced: boolean;
  dropped: string[];
} {
  const auto = { offered, toolChoice: null, isForced: false, dropped: [] };
  if (choice.kind === 'auto' || choice.kind === 'none') return auto;
  if (forcedChoice === 'nothing') return { ...auto, dropped: ['tool_choice'] };
  if (choice.kind !== 'named') return { ...auto, toolChoice: { any: {} }, isForced: true };
  if (forcedChoice === 'named')
    return { ...auto, toolChoice: { tool: { name: choice.name } }, isForced: true };
  // Any of one is that one.
  const only = offered.filter(({ name }) => name === choice.name);
  return { offered: only.length > 0 ? only : offered, toolChoice: { any: {} }, isForced: true, dropped: [] };
}

function readChoice(request: ChatRequest): Choice {
  const choice: string | Record<string, unknown> | null =
    request.tool_choice ?? request.function_call ?? null;
  if (choice === null) return { kind: 'auto', allowed: null };
  if (typeof choice === 'string') {
    const kind = choice === 'required' || choice === 'none' ? choice : 'auto';
    return { kind, allowed: null };
  }
  const name = nameOf(choice['function']) ?? nameOf(choice['custom']) ?? nameOf(choice);
  if (name !== null) return { kind: 'named', name, allowed: null };
  return readAllowedTools(choice['allowed_tools'] ?? choice);
}

/** https://platform.openai.com/docs/guides/function-calling#allowed-tools */
function readAllowedTools(value: unknown): Choice {
  const { mode, tools } = value as { mode?: unknown; tools?: unknown };
  if (!Array.isArray(tools)) return { kind: 'auto', allowed: null };
  const names = tools.map((tool: unknown) => {
    const { function: definition, custom } = tool as Record<string, unknown>;
    return nameOf(definition) ?? nameOf(custom) ?? nameOf(tool);
  });
  const allowed = new Set(names.filter((name) => name !== null));
  return { kind: mode === 'required' ? 'required' : 'auto', allowed };
}

function nameOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  const { name } = value as { name?: unknown };
  return typeof name === 'string' ? name : null;
}
