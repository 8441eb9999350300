import { AppError } from '@trunkline/errors';
import type {
  AssistantMessage,
  ChatMessage,
  ContentPart,
  DrawnImage,
  ToolCall,
  ToolMessage,
} from '@trunkline/contracts';

interface Turn {
  readonly message: ChatMessage;
  /** Where its content stands in the request. */
  readonly path: string;
  /** Of an assistant's calls. They stand right behind them, wherever the client put them. */
  readonly results: { readonly message: ToolMessage; readonly path: string }[];
}

interface OpenCall {
  readonly turn: Turn;
  readonly path: string;
  isAnswered: boolean;
}

/**
 * Makes messages of items: what the assistant said, thought and called until somebody else speaks is one message or
 * several, each call with its result behind it.
 */
export class Conversation {
  private readonly turns: Turn[] = [];
  private readonly calls = new Map<string, OpenCall[]>();
  /** The assistant's message that further items belong to. */
  private open: { turn: Turn; message: AssistantMessage } | null = null;

  /** Position among the reasoning items of the turn. */
  get reasoningCount(): number {
    return this.open?.message.reasoning_details?.length ?? 0;
  }

  /** Somebody else than the assistant. */
  say(message: Exclude<ChatMessage, AssistantMessage>, path: string): void {
    this.open = null;
    this.turns.push({ message, path: `${path}.content`, results: [] });
  }

  answer(content: string | ContentPart[], path: string): void {
    const { message: before } = this.open ?? {};
    const isTaken = (before?.content ?? null) !== null;
    // What stands behind calls, before their results, is of the same turn.
    if (isTaken && before?.tool_calls) before.content = [...partsOf(before.content), ...partsOf(content)];
    else {
      if (isTaken) this.open = null;
      this.assistant(path).content = content;
    }
  }

  /** @param isStateAlone it belongs to what was said or called before it */
  think(
    details: NonNullable<AssistantMessage['reasoning_details']>,
    isStateAlone: boolean,
    path: string,
  ): void {
    if (details.length === 0) return;
    const { message } = this.open ?? {};
    if (!isStateAlone && (message?.content ?? null) !== null && !message?.tool_calls) this.open = null;
    const into = this.assistant(path);
    into.reasoning_details = [...(into.reasoning_details ?? []), ...details];
  }

  /** A picture of the assistant's. */
  draw(image: DrawnImage, path: string): void {
    const message = this.assistant(path);
    message.images = [...(message.images ?? []), image];
  }

  call(call: ToolCall, path: string): void {
    const message = this.assistant(path);
    message.tool_calls = [...(message.tool_calls ?? []), call];
    const { turn } = this.open ?? {};
    if (!turn) return;
    const known = this.calls.get(call.id) ?? [];
    this.calls.set(call.id, [...known, { turn, path, isAnswered: false }]);
  }

  /** @throws AppError 400 for a result whose call is not there */
  result(callId: string, content: string | ContentPart[], path: string): void {
    const call = this.calls.get(callId)?.findLast(({ isAnswered }) => !isAnswered);
    if (!call) {
      const param = `${path}.call_id`;
      const publicMessage = `No tool call found for the output with call_id ${callId.slice(0, 100)}.`;
      throw new AppError('invalid_value', { publicMessage, param });
    }
    call.isAnswered = true;
    call.turn.results.push({
      message: { role: 'tool', tool_call_id: callId, content },
      path: `${path}.output`,
    });
    this.open = null;
  }

  /** @throws AppError 400 for a call whose result is not there */
  end(): { messages: ChatMessage[]; paths: string[] } {
    for (const [id, calls] of this.calls) {
      const lost = calls.find(({ isAnswered }) => !isAnswered);
      if (!lost) continue;
      const publicMessage = `No tool output found for the call with call_id ${id.slice(0, 100)}.`;
      throw new AppError('invalid_value', { publicMessage, param: lost.path });
    }
    const messages: ChatMessage[] = [];
    const paths: string[] = [];
    for (const { message, results, path } of this.turns) {
      if (isThoughtAlone(message)) continue;
      for (const one of [{ message, path }, ...results]) {
        messages.push(one.message);
        paths.push(one.path);
      }
    }
    return { messages, paths };
  }

  private assistant(path: string): AssistantMessage {
    if (this.open) return this.open.message;
    const message: AssistantMessage = { role: 'assistant', content: null };
    const turn: Turn = { message, path: `${path}.content`, results: [] };
    this.turns.push(turn);
    this.open = { turn, message };
    return message;
  }
}

/** Thoughts that came to nothing: no provider takes them as a turn. */
function isThoughtAlone(message: ChatMessage): boolean {
  return message.role === 'assistant' && message.content === null && !message.tool_calls && !message.images;
}

function partsOf(content: AssistantMessage['content']): ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content ?? [];
}
