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

/** The client's own object where nothing is to be changed. */
function writeTool(tool: ChatTool, quirks: Quirks): ChatTool {
  const isMarkUnknown = tool.cache_control !== undefined && !quirks.messages?.cacheControl;
  const definition = tool.function;
  const isStrictUnknown = definition?.strict !== undefined && quirks.strictTools === false;
  const parameters = definition?.parameters ?? {};
  const keywords = quirks.dropFromSchema?.filter((keyword) => keyword in parameters) ?? [];
  if (!isMarkUnknown && !isStrictUnknown && keywords.length === 0) return tool;
  const written = isMarkUnknown ? without(tool, ['cache_control']) : { ...tool };
  if (definition) {
    const loose = isStrictUnknown ? without(definition, ['strict']) : definition;
    written['function'] =
      keywords.length > 0 ? { ...loose, parameters: without(parameters, keywords) } : loose;
  }
  return { ...written, type: tool.type };
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

function without(object: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
