import { createHash } from 'node:crypto';
import type {
  ChatAnswer,
  ChatEvent,
  ChatMessage,
  ChatRequest,
  ChatTool,
  FunctionDefinition,
} from '@trunkline/contracts';
import { isRecord } from './loose-json.js';
import type { ChatAdapter } from './types.js';

/** https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools; most others take the same. */
const USUAL_NAMES = /^[\w-]{1,64}$/;

const MOST_CHARACTERS = 64;
const DIGEST_CHARACTERS = 8;

/** Names as the provider takes them, by the client's. */
type Renamed = ReadonlyMap<string, string>;

/**
 * The same way to chat for one call, where the client calls a tool what this provider refuses: clients of servers' tools
 * put names together, and each maker has its own limit. The tool goes out by another name and comes back by its own.
 */
export function fittingToolNames(chat: ChatAdapter, request: ChatRequest): ChatAdapter {
  const renamed = renamedTools(request, chat.toolNames ?? USUAL_NAMES);
  if (renamed.size === 0) return chat;
  const own = new Map([...renamed].map(([name, fitting]) => [fitting, name]));
  // Frames that go through as they are would say the other name.
  const translating = { ...chat };
  Reflect.deleteProperty(translating, 'passthroughReader');
  return {
    ...translating,
    buildRequest: (call) => chat.buildRequest({ ...call, request: withNames(call.request, renamed) }),
    parseAnswer: (body, names) => {
      const parsed = chat.parseAnswer(body, names);
      return parsed.kind === 'failed' ? parsed : { ...parsed, answer: answerWithNames(parsed.answer, own) };
    },
    decoder: (options) => {
      const decoder = chat.decoder(options);
      const push = decoder.push.bind(decoder);
      decoder.push = (frame) => push(frame).map((event) => eventWithName(event, own));
      return decoder;
    },
  };
}

function renamedTools(request: ChatRequest, taken: RegExp): Map<string, string> {
  const renamed = new Map<string, string>();
  const see = (name: string | undefined): void => {
    if (name !== undefined && !taken.test(name)) renamed.set(name, fittingName(name));
  };
  for (const tool of request.tools ?? []) see(tool.function?.name ?? tool.custom?.name);
  for (const { name } of request.functions ?? []) see(name);
  for (const message of request.messages) {
    if (message.role === 'function') see(message.name);
    if (message.role !== 'assistant') continue;
    for (const call of message.tool_calls ?? []) see(nameOf(call));
    see(message.function_call?.name);
  }
  return renamed;
}

/** The same for the same name, and another for any other. */
function fittingName(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_CHARACTERS);
  const letters = name.replaceAll(/[^\w-]/g, '_').replace(/^[^A-Za-z]+/, '');
  const kept = letters.slice(0, MOST_CHARACTERS - DIGEST_CHARACTERS - 1);
  return `${kept === '' ? 'tool' : kept}_${digest}`;
}

function withNames(request: ChatRequest, renamed: Renamed): ChatRequest {
  const { tools, functions, tool_choice: choice, function_call: older } = request;
  return {
    ...request,
    messages: request.messages.map((message) => messageWithNames(message, renamed)),
    ...(tools ? { tools: tools.map((tool) => toolWithName(tool, renamed)) } : {}),
    ...(functions ? { functions: functions.map((one) => definitionWithName(one, renamed)) } : {}),
    ...(isRecord(choice) ? { tool_choice: choiceWithNames(choice, renamed) } : {}),
    ...(isRecord(older) ? { function_call: withName(older, renamed) } : {}),
  };
}

function messageWithNames(message: ChatMessage, renamed: Renamed): ChatMessage {
  if (message.role === 'function') return withName(message, renamed);
  if (message.role !== 'assistant') return message;
  const { tool_calls: calls, function_call: older } = message;
  if (!calls && !older) return message;
  return {
    ...message,
    ...(calls ? { tool_calls: calls.map((call) => callWithName(call, renamed)) } : {}),
    ...(older ? { function_call: withName(older, renamed) } : {}),
  };
}

function toolWithName(tool: ChatTool, renamed: Renamed): ChatTool {
  if (tool.function) return { ...tool, function: definitionWithName(tool.function, renamed) };
  return tool.custom ? { ...tool, custom: withName(tool.custom, renamed) } : tool;
}

function definitionWithName(definition: FunctionDefinition, renamed: Renamed): FunctionDefinition {
  return withName(definition, renamed);
}

/** A function or a custom tool by its name, or a list of such that are allowed. */
function choiceWithNames<Choice extends Record<string, unknown>>(choice: Choice, renamed: Renamed): Choice {
  const { function: called, custom, allowed_tools: allowed } = choice;
  const list = isRecord(allowed) && Array.isArray(allowed['tools']) ? (allowed['tools'] as unknown[]) : null;
  return {
    ...choice,
    ...(isNamed(called) ? { function: withName(called, renamed) } : {}),
    ...(isNamed(custom) ? { custom: withName(custom, renamed) } : {}),
    ...(isRecord(allowed) && list
      ? {
          allowed_tools: {
            ...allowed,
            tools: list.map((one) => (isRecord(one) ? choiceWithNames(one, renamed) : one)),
          },
        }
      : {}),
  };
}

interface Call {
  function?: { name: string };
  custom?: { name: string };
}

function nameOf({ custom, function: called }: Call): string | undefined {
  return (custom ?? called)?.name;
}

function callWithName<Kind extends Call>(call: Kind, names: Renamed): Kind {
  if (call.custom) return { ...call, custom: withName(call.custom, names) };
  return call.function ? { ...call, function: withName(call.function, names) } : call;
}

function answerWithNames(answer: ChatAnswer, own: Renamed): ChatAnswer {
  return {
    ...answer,
    choices: answer.choices.map((choice) => {
      const { tool_calls: calls } = choice.message;
      if (!calls) return choice;
      const named = calls.map((call) => callWithName(call, own));
      return { ...choice, message: { ...choice.message, tool_calls: named } };
    }),
  };
}

function eventWithName(event: ChatEvent, own: Renamed): ChatEvent {
  return event.type === 'tool_call_start' ? withName(event, own) : event;
}

function isNamed(value: unknown): value is { name: string } {
  return isRecord(value) && typeof value['name'] === 'string';
}

function withName<Named extends { name: string }>(named: Named, names: Renamed): Named {
  const name = names.get(named.name);
  return name === undefined ? named : { ...named, name };
}
