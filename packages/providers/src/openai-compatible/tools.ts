import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import type { Quirks } from './quirks.js';

/**
 * Writes `tools` and `tool_choice` as the provider takes them.
 * @returns what was weakened or left out
 */
export function writeTools(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  const dropped = writeToolChoice(body, request, quirks);
  if (!request.tools || body['tools'] === undefined) return dropped;
  let isStrictDropped = false;
  body['tools'] = request.tools.map((tool) => {
    const written = writeTool(tool, quirks);
    if (tool.function?.strict === true && quirks.strictTools === false) isStrictDropped = true;
    return written;
  });
  return isStrictDropped ? [...dropped, 'tools.strict'] : dropped;
}

function writeTool(tool: ChatTool, quirks: Quirks): ChatTool {
  const { cache_control: mark, ...rest } = tool;
  const written: ChatTool = mark && quirks.messages?.cacheControl ? tool : rest;
  const definition = tool.function;
  if (!definition) return written;
  const { strict, ...loose } = definition;
  const parameters = definition.parameters;
  const keywords = quirks.dropFromSchema?.filter((keyword) => parameters && keyword in parameters) ?? [];
  if ((strict === undefined || quirks.strictTools !== false) && keywords.length === 0) return written;
  return {
    ...written,
    function: {
      ...(quirks.strictTools === false ? loose : definition),
      ...(keywords.length > 0 ? { parameters: without(parameters ?? {}, keywords) } : {}),
    },
  };
}

function writeToolChoice(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  const choice = request.tool_choice ?? null;
  const rules = quirks.toolChoice;
  if (choice === null || !rules) return [];
  if (choice === 'none' && rules.none === 'without-tools') {
    for (const field of ['tools', 'tool_choice', 'parallel_tool_calls']) delete body[field];
    return [];
  }
  if (rules.unsupported) {
    delete body['tool_choice'];
    return choice === 'auto' ? [] : ['tool_choice'];
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

function without(object: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
