import type { ChatRequest, ChatTool, FunctionDefinition } from '@trunkline/contracts';
import { compileSchema, compileStrict, oneObject, withoutNulls } from '../schema/index.js';
import type { Quirks } from './quirks.js';

/**
 * Writes `tools` and `tool_choice` as the provider takes them.
 * @returns what was weakened or left out
 */
export function writeTools(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  if (!request.tools?.length) withoutTools(body);
  const dropped = writeToolChoice(body, request, quirks);
  if (!request.tools || body['tools'] === undefined) return dropped;
  body['tools'] = request.tools.map((tool, i) => writeTool(tool, `tools[${i}]`, quirks, dropped));
  return dropped;
}

/** An empty list is an error, and so is what is said of tools where there are none. It asks for nothing. */
function withoutTools(body: Record<string, unknown>): void {
  for (const field of ['tools', 'tool_choice', 'parallel_tool_calls']) delete body[field];
}

/** The client's own object where nothing is to be changed. */
function writeTool(tool: ChatTool, path: string, quirks: Quirks, dropped: string[]): ChatTool {
  const isMarkUnknown = tool.cache_control !== undefined && quirks.messages?.cacheControl !== true;
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
  const { strict } = definition;
  const { strict: strictDialect, tools: dialect, wholeObjects } = quirks.schemas ?? {};
  let written = withArguments(definition);
  if (wholeObjects && written.parameters) {
    const { schema, lost } = oneObject(written.parameters);
    dropped.push(...lost.map((keyword) => `${path}.function.parameters.${keyword}`));
    written = { ...written, parameters: schema };
  }
  const { parameters } = written;
  if (strict !== undefined && quirks.strictTools === false) {
    written = asDefinition(without(written, ['strict']));
    if (strict === true) dropped.push(`${path}.function.strict`);
  } else if (strict === true && strictDialect) {
    const compiled = compileStrict(argumentsOf(parameters), strictDialect);
    if (compiled === null) dropped.push(`${path}.function.strict`);
    else dropped.push(...compiled.lost.map((keyword) => `${path}.function.parameters.${keyword}`));
    return compiled ? { ...written, parameters: compiled.schema } : { ...written, strict: false };
  }
  const compiled = parameters && dialect ? compileSchema(parameters, dialect) : null;
  if (compiled === null) return written;
  dropped.push(...compiled.lost.map((keyword) => `${path}.function.parameters.${keyword}`));
  return { ...written, parameters: compiled.schema };
}

/** Left out means none; null and half a schema are errors to many. */
function withArguments(definition: FunctionDefinition): FunctionDefinition {
  if (definition.parameters === undefined) return definition;
  const parameters = argumentsOf(definition.parameters);
  return parameters === definition.parameters ? definition : { ...definition, parameters };
}

/** Arguments are an object with properties, also where the schema does not say so: else it is refused. */
function argumentsOf(given: FunctionDefinition['parameters']): Record<string, unknown> {
  if (!given) return { type: 'object', properties: {} };
  const parameters = withoutNulls(given);
  const { type } = parameters;
  if (type === 'object') return parameters['properties'] ? parameters : { ...parameters, properties: {} };
  const says = ['type', '$ref', 'anyOf', 'oneOf', 'allOf'].some(
    (keyword) => parameters[keyword] !== undefined,
  );
  return says ? parameters : { properties: {}, ...parameters, type: 'object' };
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
    withoutTools(body);
    return request.tools?.length ? ['tools'] : [];
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
