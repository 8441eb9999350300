import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import { isSearchTool, lostOfSearch, searchWishOf } from '../web-search.js';
import type { ModelTraits } from './model-traits.js';
import { fitSchema } from './schema.js';

export interface GeminiTools {
  declarations: Record<string, unknown>[];
  callingConfig: Record<string, unknown> | null;
  /** Google's own search. */
  isSearching: boolean;
  dropped: string[];
}

/**
 * Functions and the choice among them in Gemini's form, or Google's search: older models refuse both at once, and newer
 * ones want the steps of the search back, which no client keeps. A choice is not sent where there is no function.
 * https://ai.google.dev/gemini-api/docs/function-calling · https://ai.google.dev/gemini-api/docs/google-search
 * https://ai.google.dev/gemini-api/docs/tool-combination
 * @throws Refusal for a schema that cannot be written out
 */
export function toGeminiTools(request: ChatRequest, traits: ModelTraits): GeminiTools {
  const functions = toFunctions(request, traits);
  const wish = searchWishOf(request);
  if (!wish) return { ...functions, isSearching: false };
  const isSearching = traits.webSearch && functions.declarations.length === 0;
  const lost = isSearching ? lostOfSearch(wish, []) : [wish.path];
  return { ...functions, isSearching, dropped: [...functions.dropped, ...lost] };
}

function toFunctions(request: ChatRequest, traits: ModelTraits): Omit<GeminiTools, 'isSearching'> {
  const dropped: string[] = [];
  const declarations: Record<string, unknown>[] = [];
  const { mode, allowed } = readChoice(request);
  const declare = (tool: ChatTool, path: string): void => {
    const declaration = toDeclaration(tool, path, dropped);
    // A choice by name leaves the other functions declared: the history may have calls of them.
    const isOffered = mode !== 'AUTO' || allowed === null || allowed.includes(String(declaration?.['name']));
    if (declaration && isOffered) declarations.push(declaration);
    // Another provider's built-in tool, or one that may not be called.
    else if (!isSearchTool(tool)) dropped.push(path);
  };
  for (const [i, tool] of (request.tools ?? []).entries()) declare(tool, `tools[${i}]`);
  // The older form; beside the newer one it would name the same functions twice.
  for (const [i, definition] of (request.tools?.length ? [] : (request.functions ?? [])).entries())
    declare({ type: 'function', function: definition }, `functions[${i}]`);
  if (declarations.length === 0) return { declarations: [], callingConfig: null, dropped };
  // There is no word for "one at a time".
  if (request.parallel_tool_calls === false && mode !== 'NONE') dropped.push('parallel_tool_calls');
  const strict = strictNames(request, declarations);
  if (strict.length > 0 && (mode === null || mode === 'AUTO')) {
    if (traits.validatedCalls) return { declarations, callingConfig: { mode: 'VALIDATED' }, dropped };
    dropped.push(...strict);
  }
  if (mode === null) return { declarations, callingConfig: null, dropped };
  const names = mode === 'ANY' && allowed !== null ? { allowedFunctionNames: allowed } : {};
  return { declarations, callingConfig: { mode, ...names }, dropped };
}

/**
 * Where strict functions are asked to be so. Gemini holds calls to all its schemas or to none, and always where a call is
 * forced. https://ai.google.dev/api/caching#FunctionCallingConfig
 */
function strictNames(request: ChatRequest, offered: readonly Record<string, unknown>[]): string[] {
  const names = new Set(offered.map(({ name }) => name));
  return (request.tools ?? []).flatMap((tool, i) =>
    tool.function?.strict === true && names.has(tool.function.name) ? [`tools[${i}].function.strict`] : [],
  );
}

function toDeclaration(tool: ChatTool, path: string, dropped: string[]): Record<string, unknown> | null {
  if (tool.type === 'custom' && tool.custom) {
    // Free text comes as the one string of an object.
    const { name, description } = tool.custom;
    const parameters = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
    return { name, ...(description ? { description } : {}), parameters };
  }
  if (tool.type !== 'function' || !tool.function) return null;
  const { name, description, parameters } = tool.function;
  const where = path.startsWith('tools') ? `${path}.function.parameters` : `${path}.parameters`;
  const { schema, lost } = fitSchema({ type: 'object', ...parameters }, where);
  dropped.push(...lost.map((keyword) => `${where}.${keyword}`));
  // An object without properties is refused; no parameters at all are right.
  const hasProperties = Object.keys((schema['properties'] as object | undefined) ?? {}).length > 0;
  return {
    name,
    ...(description ? { description } : {}),
    ...(hasProperties || schema['anyOf'] !== undefined ? { parameters: schema } : {}),
  };
}

interface ReadChoice {
  mode: 'AUTO' | 'ANY' | 'NONE' | null;
  /** Names to choose from; null is all. */
  allowed: readonly string[] | null;
}

function readChoice(request: ChatRequest): ReadChoice {
  const choice: string | Record<string, unknown> | null =
    request.tool_choice ?? request.function_call ?? null;
  if (choice === null) return { mode: null, allowed: null };
  if (typeof choice === 'string') {
    const mode = choice === 'required' ? 'ANY' : choice === 'none' ? 'NONE' : 'AUTO';
    return { mode, allowed: null };
  }
  const named = nameOf(choice['function']) ?? nameOf(choice['custom']) ?? nameOf(choice);
  if (named !== null) return { mode: 'ANY', allowed: [named] };
  return readAllowedTools(choice['allowed_tools'] ?? choice);
}

/** https://platform.openai.com/docs/guides/function-calling#allowed-tools */
function readAllowedTools(value: unknown): ReadChoice {
  const { mode, tools } = value as { mode?: unknown; tools?: unknown };
  if (!Array.isArray(tools)) return { mode: null, allowed: null };
  const names = tools.map((tool: unknown) => {
    const { function: definition, custom } = tool as Record<string, unknown>;
    return nameOf(definition) ?? nameOf(custom) ?? nameOf(tool);
  });
  return { mode: mode === 'required' ? 'ANY' : 'AUTO', allowed: names.filter((name) => name !== null) };
}

function nameOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  const { name } = value as { name?: unknown };
  return typeof name === 'string' ? name : null;
}
