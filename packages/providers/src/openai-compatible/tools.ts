import type { ChatRequest, ChatTool, FunctionDefinition } from '@trunkline/contracts';
import { compileSchema, compileStrict } from '../schema/index.js';
import type { Quirks } from './quirks.js';

/**
 * Writes `tools` and `tool_choice` as the provider takes them.
 * @returns what was weakened or left out
 */
export function writeTools(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  const dropped = writeToolChoice(body, request, quirks);
  if (!request.tools || body['tools'] === undefined) return dropped;
  body['tools'] = request.tools.map((tool, i) => writeTool(tool, `tools[${i}]`, quirks, dropped));
  return dropped;
}

/** The client's own object where nothing is to be changed. */
function writeTool(tool: ChatTool, path: string, quirks: Quirks, dropped: string[]): ChatTool {
  const isMarkUnknown = tool.cache_control !== undefined && !quirks.messages?.cacheControl;
  const definition = tool.function && writeDefinition(tool.function, path, quirks, dropped);
  if (!isMarkUnknown && definition === tool.function) return tool;
  const written = isMarkUnknown ? without(tool, ['cache_control']) : { ...tool };
  return { ...written, type: tool.type, ...(definition ? { function: definition } : {}) };
}

function writeDefinition(
  definition: FunctionDefinition,
  path: string,
  quirks: Quirks,
  dropped: string[],
): FunctionDefinition {
  const { strict, parameters } = definition;
  const { strict: strictDialect, tools: dialect } = quirks.schemas ?? {};
  let written = definition;
  if (strict !== undefined && quirks.strictTools === false) {
    written = asDefinition(without(definition, ['strict']));
    if (strict === true) dropped.push(`${path}.function.strict`);
  } else if (strict === true && strictDialect) {
    const compiled = compileStrict(argumentsOf(parameters), strictDialect);
    if (compiled === null) dropped.push(`${path}.function.strict`);
    else dropped.push(...compiled.lost.map((keyword) => `${path}.function.parameters.${keyword}`));
    return compiled ? { ...definition, parameters: compiled.schema } : { ...definition, strict: false };
  }
  const compiled = parameters && dialect ? compileSchema(parameters, dialect) : null;
  if (compiled === null) return written;
  dropped.push(...compiled.lost.map((keyword) => `${path}.function.parameters.${keyword}`));
  return { ...written, parameters: compiled.schema };
}

/** Arguments are an object, also where the schema does not say so. */
export function argumentsOf(parameters: FunctionDefinition['parameters']): Record<string, unknown> {
  if (!parameters) return { type: 'object', properties: {} };
  const says = ['type', '$ref', 'anyOf', 'oneOf', 'allOf'].some(
    (keyword) => parameters[keyword] !== undefined,
  );
  return says ? parameters : { type: 'object', ...parameters };
}

/** Guarantee: only `strict` has been taken out of a definition. */
function asDefinition(value: Record<string, unknown>): FunctionDefinition {
  return value as unknown as FunctionDefinition;
}

function writeToolChoice(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  const choice = request.tool_choice ?? null;
  const rules = quirks.toolChoice;
  if (choice === null || !rules) return [];
  if (choice === 'none' && rules.none === 'without-tools') {
    for (const field of ['tools', 'tool_choice', 'parallel_tool_calls']) delete body[field];
    return [];
  }
  if (choice === 'required' && rules.required) {
    body['tool_choice'] = rules.required;
    return rules.required === 'auto' ? ['tool_choice'] : [];
  }
  if (typeof choice !== 'object') return [];
  const isAllowedTools = choice['type'] === 'allowed_tools';
  if ((isAllowedTools && rules.allowedTools === false) || (!isAllowedTools && rules.named)) {
    body['tool_choice'] = 'auto';
    return ['tool_choice'];
  }
  return [];
}

function without(object: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
