/** A message as people read it. */
export interface ReadMessage {
  role: string;
  text: string;
  reasoning: string | null;
  toolCalls: readonly { name: string; input: string }[];
  /** Images and files, in a word each. */
  media: readonly string[];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: unknown) => (typeof value === 'string' ? value : '');

function readContent(content: unknown): { text: string; media: string[] } {
  if (typeof content === 'string') return { text: content, media: [] };
  if (!Array.isArray(content)) return { text: '', media: [] };
  const parts = content.filter(isObject);
  return {
    text: parts
      .map((part) => asText(part.text))
      .filter(Boolean)
      .join('\n'),
    media: parts.map((part) => asText(part.type)).filter((type) => type !== '' && type !== 'text'),
  };
}

function readMessage(value: unknown): ReadMessage | null {
  if (!isObject(value)) return null;
  const calls = Array.isArray(value.tool_calls) ? value.tool_calls.filter(isObject) : [];
  return {
    role: asText(value.role) || 'assistant',
    ...readContent(value.content ?? value.refusal),
    reasoning: asText(value.reasoning ?? value.reasoning_content) || null,
    toolCalls: calls.map((call) => {
      const called = isObject(call.function) ? call.function : {};
      return { name: asText(called.name), input: asText(called.arguments) };
    }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const present = <Value>(value: Value | null): value is Value => value !== null;

/** Messages of a chat request; empty when it is none, or was cut before its end. */
export function requestMessages(text: string): ReadMessage[] {
  const body = parse(text);
  return isObject(body) && Array.isArray(body.messages) ? body.messages.map(readMessage).filter(present) : [];
}

interface ToolCallParts {
  name: string;
  input: string;
}

/** Puts the deltas of a kept stream together, by choice. */
function streamMessages(text: string): ReadMessage[] {
  const choices = new Map<number, { text: string; reasoning: string; calls: Map<number, ToolCallParts> }>();
  for (const line of text.split('\n')) {
    const frame = line.startsWith('data:') ? parse(line.slice(5)) : null;
    if (!isObject(frame) || !Array.isArray(frame.choices)) continue;
    for (const choice of frame.choices.filter(isObject)) {
      const index = typeof choice.index === 'number' ? choice.index : 0;
      const delta = isObject(choice.delta) ? choice.delta : {};
      const sum = choices.get(index) ?? { text: '', reasoning: '', calls: new Map<number, ToolCallParts>() };
      sum.text += asText(delta.content);
      sum.reasoning += asText(delta.reasoning ?? delta.reasoning_content);
      for (const call of Array.isArray(delta.tool_calls) ? delta.tool_calls.filter(isObject) : []) {
        const place = typeof call.index === 'number' ? call.index : 0;
        const called = isObject(call.function) ? call.function : {};
        const known = sum.calls.get(place) ?? { name: '', input: '' };
        sum.calls.set(place, {
          name: known.name + asText(called.name),
          input: known.input + asText(called.arguments),
        });
      }
      choices.set(index, sum);
    }
  }
  return [...choices.values()].map((sum) => ({
    role: 'assistant',
    text: sum.text,
    reasoning: sum.reasoning || null,
    toolCalls: [...sum.calls.values()],
    media: [],
  }));
}

/** Messages of an answer, plain or streamed. */
export function answerMessages(text: string): ReadMessage[] {
  const body = parse(text);
  if (!isObject(body)) return streamMessages(text);
  if (!Array.isArray(body.choices)) return [];
  return body.choices
    .filter(isObject)
    .map((choice) => readMessage(choice.message))
    .filter(present);
}
