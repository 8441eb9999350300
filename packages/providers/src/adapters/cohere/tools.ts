import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import { isRecord } from '../../loose-json.js';
import type { ModelTraits } from './model-traits.js';

export interface CohereTools {
  tools: Record<string, unknown>[];
  toolChoice: 'REQUIRED' | 'NONE' | null;
  strictTools: boolean;
  dropped: string[];
}

/**
 * Functions and the choice among them in Cohere's form: a function cannot be named, so that it is sent alone and made
 * required; `auto` is to say nothing.
 * https://docs.cohere.com/docs/tool-use-usage-patterns
 */
export function toCohereTools(request: ChatRequest, traits: ModelTraits): CohereTools {
  const dropped: string[] = [];
  const { mode, allowed } = readChoice(request);
  const offered: Record<string, unknown>[] = [];
  const strict: boolean[] = [];
  const add = (tool: ChatTool, path: string): void => {
    const written = toCohereTool(tool);
    // Another provider's built-in tool, or one that may not be called.
    if (written === null || allowed?.has(written.function.name) === false) dropped.push(path);
    else {
      offered.push(written);
      strict.push(tool.function?.strict === true && hasRequired(tool));
      if (tool.function?.strict === true && !hasRequired(tool)) dropped.push(`${path}.function.strict`);
    }
  };
  for (const [i, tool] of (request.tools ?? []).entries()) add(tool, `tools[${i}]`);
  // The older form; beside the newer one it would name the same functions twice.
  for (const [i, definition] of (request.tools?.length ? [] : (request.functions ?? [])).entries())
    add({ type: 'function', function: definition }, `functions[${i}]`);
  if (offered.length === 0) return { tools: [], toolChoice: null, strictTools: false, dropped };
  if (request.parallel_tool_calls === false && mode !== 'NONE') dropped.push('parallel_tool_calls');
  if (mode !== null && !traits.toolChoice) {
    // Older models: no tools are the same as none to call.
    if (mode === 'NONE') {
      dropped.push('tools');
      return { tools: [], toolChoice: null, strictTools: false, dropped };
    }
    dropped.push('tool_choice');
  }
  const strictTools = strict.every(Boolean);
  if (!strictTools && strict.some(Boolean)) dropped.push('tools.function.strict');
  return { tools: offered, toolChoice: traits.toolChoice ? mode : null, strictTools, dropped };
}

function toCohereTool(tool: ChatTool): { type: 'function'; function: { name: string } } | null {
  if (tool.type === 'custom' && tool.custom) {
    // Free text comes as the one string of an object.
    const { name, description } = tool.custom;
    const parameters = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
    return { type: 'function', function: { name, ...said({ description }), parameters } as { name: string } };
  }
  if (tool.type !== 'function' || !tool.function) return null;
  const { name, description, parameters } = tool.function;
  const schema = { ...parameters, type: 'object', properties: parameters?.['properties'] ?? {} };
  return {
    type: 'function',
    function: { name, ...said({ description }), parameters: schema } as { name: string },
  };
}

function said(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
}

/** `strict_tools` holds for all tools, and each must have a required parameter. */
function hasRequired({ function: definition }: ChatTool): boolean {
  const required = definition?.parameters?.['required'];
  return Array.isArray(required) && required.length > 0;
}

interface ReadChoice {
  mode: CohereTools['toolChoice'];
  /** Names to offer; null is all. */
  allowed: ReadonlySet<string> | null;
}

function readChoice(request: ChatRequest): ReadChoice {
  const choice: string | Record<string, unknown> | null =
    request.tool_choice ?? request.function_call ?? null;
  if (choice === null) return { mode: null, allowed: null };
  if (typeof choice === 'string') {
    return { mode: choice === 'required' ? 'REQUIRED' : choice === 'none' ? 'NONE' : null, allowed: null };
  }
  const named = nameOf(choice['function']) ?? nameOf(choice['custom']) ?? nameOf(choice);
  if (named !== null) return { mode: 'REQUIRED', allowed: new Set([named]) };
  return readAllowedTools(choice['allowed_tools'] ?? choice);
}

/** https://platform.openai.com/docs/guides/function-calling#allowed-tools */
function readAllowedTools(value: unknown): ReadChoice {
  const { mode, tools } = isRecord(value) ? value : {};
  if (!Array.isArray(tools)) return { mode: null, allowed: null };
  const names = (tools as unknown[]).map((tool) =>
    isRecord(tool) ? (nameOf(tool['function']) ?? nameOf(tool['custom']) ?? nameOf(tool)) : null,
  );
  return {
    mode: mode === 'required' ? 'REQUIRED' : null,
    allowed: new Set(names.filter((name) => name !== null)),
  };
}

function nameOf(value: unknown): string | null {
  return isRecord(value) && typeof value['name'] === 'string' ? value['name'] : null;
}
