import type { ChatRequest, ChatTool, ChatToolChoice, ToolCall } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';

/** Free text comes as the one string of an object. */
const ONE_TEXT = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };

/**
 * A request whose custom tools are functions of one text, for providers that know functions alone: the tools, the choice
 * among them, and calls of earlier turns. The very object where there are none.
 * @returns with what of the tools is lost by it: the grammars of their texts
 */
export function withPlainFunctions(request: ChatRequest): { request: ChatRequest; dropped: string[] } {
  const hasTools = request.tools?.some(isCustom) === true;
  const hasCalls = request.messages.some((message) => message.role === 'assistant' && hasCustomCall(message));
  if (!hasTools && !hasCalls) return { request, dropped: [] };
  const dropped = (request.tools ?? []).flatMap((tool, i) =>
    isCustom(tool) && hasGrammar(tool) ? [`tools[${i}].custom.format`] : [],
  );
  return {
    request: {
      ...request,
      messages: request.messages.map((message) =>
        message.role === 'assistant' && hasCustomCall(message)
          ? { ...message, tool_calls: message.tool_calls.map(plainCall) }
          : message,
      ),
      ...(request.tools ? { tools: request.tools.map(plainTool) } : {}),
      ...(request.tool_choice ? { tool_choice: plainChoice(request.tool_choice) } : {}),
    },
    dropped,
  };
}

function isCustom({ type, custom }: ChatTool): boolean {
  return type === 'custom' && custom !== undefined;
}

function hasGrammar({ custom }: ChatTool): boolean {
  const format = custom?.['format'];
  return isRecord(format) && format['type'] !== 'text';
}

function hasCustomCall<Message extends { tool_calls?: ToolCall[] | null }>(
  message: Message,
): message is Message & { tool_calls: ToolCall[] } {
  return message.tool_calls?.some(({ type }) => type === 'custom') === true;
}

function plainTool(tool: ChatTool): ChatTool {
  if (!isCustom(tool) || !tool.custom) return tool;
  const { custom, ...rest } = tool;
  const { name, description } = custom;
  return {
    ...rest,
    type: 'function',
    function: {
      name,
      ...(typeof description === 'string' ? { description } : {}),
      parameters: ONE_TEXT,
    },
  };
}

function plainCall(call: ToolCall): ToolCall {
  if (call.type !== 'custom') return call;
  const { name, input } = call.custom;
  return { id: call.id, type: 'function', function: { name, arguments: JSON.stringify({ input }) } };
}

function plainChoice(choice: ChatToolChoice): ChatToolChoice {
  if (typeof choice === 'string') return choice;
  const { custom, allowed_tools: allowed } = choice;
  if (isRecord(custom)) return { type: 'function', function: { name: String(custom['name']) } };
  if (!isRecord(allowed) || !Array.isArray(allowed['tools'])) return choice;
  const tools = (allowed['tools'] as ChatToolChoice[]).map(plainChoice);
  return { ...choice, allowed_tools: { ...allowed, tools } };
}
