import type { ChatAnswer, ChatEvent, ChatRequest } from '@trunkline/contracts';
import type { ChatAdapter } from './types.js';

/** `functions.list:0`: the maker counts the calls of a conversation, or means to. */
const COUNTED = /^(.*:)(\d{1,9})$/s;

/** Ids of the calls of one choice, each other than those that the conversation has had. */
export class FreshCallIds {
  private readonly given = new Set<string>();

  constructor(private readonly known: ReadonlySet<string>) {}

  /** The id itself where nothing has it yet, else the next free one of its kind; each call is to be asked for once. */
  of(id: string): string {
    const [, stem = `${id}_`, number = '1'] = COUNTED.exec(id) ?? [];
    let fresh = id;
    for (let n = Number(number) + 1; this.isTaken(fresh); n += 1) fresh = `${stem}${n}`;
    this.given.add(fresh);
    return fresh;
  }

  private isTaken(id: string): boolean {
    return this.known.has(id) || this.given.has(id);
  }
}

/**
 * The same way to chat for one call whose conversation has calls already: there are models that count theirs anew in each
 * turn, and a client would have two calls of one id. What the client is told is what it sends back, and what goes to
 * the provider then; nothing has to be restored.
 */
export function freshlyCalling(chat: ChatAdapter, request: ChatRequest): ChatAdapter {
  const known = calledIn(request);
  if (known.size === 0) return chat;
  const read = chat.passthroughReader?.bind(chat);
  return {
    ...chat,
    parseAnswer: (body, names) => {
      const parsed = chat.parseAnswer(body, names);
      return parsed.kind === 'failed' ? parsed : { ...parsed, answer: withFreshIds(parsed.answer, known) };
    },
    decoder: (options) => {
      const decoder = chat.decoder(options);
      const push = decoder.push.bind(decoder);
      const ids = new Map<number, FreshCallIds>();
      decoder.push = (frame) => push(frame).map((event) => withFreshId(event, ids, known));
      return decoder;
    },
    ...(read ? { passthroughReader: (options) => read({ ...options, knownCallIds: known }) } : {}),
  };
}

function calledIn({ messages }: ChatRequest): ReadonlySet<string> {
  const known = new Set<string>();
  for (const message of messages)
    if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) known.add(id);
  return known;
}

function withFreshIds(answer: ChatAnswer, known: ReadonlySet<string>): ChatAnswer {
  const choices = answer.choices.map((choice) => {
    const { tool_calls: calls } = choice.message;
    if (!calls) return choice;
    const ids = new FreshCallIds(known);
    const fresh = calls.map((call) => ({ ...call, id: ids.of(call.id) }));
    return { ...choice, message: { ...choice.message, tool_calls: fresh } };
  });
  return { ...answer, choices };
}

function withFreshId(
  event: ChatEvent,
  idsOf: Map<number, FreshCallIds>,
  known: ReadonlySet<string>,
): ChatEvent {
  if (event.type !== 'tool_call_start') return event;
  const ids = idsOf.get(event.choice) ?? new FreshCallIds(known);
  idsOf.set(event.choice, ids);
  const id = ids.of(event.id);
  return id === event.id ? event : { ...event, id };
}
