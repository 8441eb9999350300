import type { ChatEvent, Usage } from '@trunkline/contracts';
import { errorFrame, type AppError } from '@trunkline/errors';
import type { SseEvent } from '@trunkline/providers';
import type { AnswerFacts, AnswerNames, StreamPrinter } from '../chat-door.js';
import { AnswerLosses, type Uncarried } from '../answer-losses.js';
import { AnswerBlocks } from './answer-blocks.js';
import { printEvent, type MessageOp } from './message-op.js';
import { messageUsage, paidUsage } from './message-usage.js';
import { stopOf } from './stop-reason.js';

/** Messages has blocks of text, thinking and calls. Those of tools that others run would name tools that it knows not. */
export const UNCARRIED_BY_MESSAGES: Uncarried = {
  audio: 'answer.audio',
  image: 'answer.images',
  logprobs: 'answer.logprobs',
  server_tool: 'answer.server_tools',
};

type NativeEvent = Record<string, unknown> & { type: string };

/** How nearly every frame of an answer begins: it need not be parsed a second time. */
const DELTA = /^\{\s*"type"\s*:\s*"content_block_delta"/;

/**
 * Prints a stream of Messages. `message_start` waits for the first content, so that what is known of the usage stands in
 * it; the last usage, cost and additions stand in `message_delta`.
 * https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class MessagesPrinter implements StreamPrinter {
  private readonly blocks = new AnswerBlocks();
  private readonly losses = new AnswerLosses(UNCARRIED_BY_MESSAGES);
  private names = { id: '', model: '' };
  private hasBegun = false;
  private usage: Usage = {};
  private native: string | null = null;
  /** What an upstream's own `message_delta` said. */
  private lastDelta: NativeEvent | null = null;

  constructor(private readonly stopSequences: readonly string[]) {}

  get lost(): readonly string[] {
    return this.losses.list;
  }

  print(event: ChatEvent): string {
    this.losses.note(event);
    this.note(event);
    return this.printOps(this.blocks.take(event));
  }

  follow(frame: SseEvent, events: readonly ChatEvent[]): string | null {
    if (frame.data === '') return '';
    // Clients go by the event's name, which some servers leave out.
    if (DELTA.test(frame.data)) return frame.event === null ? named(frame.data) : null;
    for (const event of events) this.note(event);
    const value = JSON.parse(frame.data) as NativeEvent;
    switch (value.type) {
      case 'message_start':
        // One that came twice, of which the decoder takes no notice.
        return this.hasBegun ? '' : this.begin(value);
      case 'message_delta':
        this.lastDelta = mergeDeltas(this.lastDelta, value);
        return '';
      case 'message_stop':
        return '';
      case 'content_block_start':
      case 'content_block_stop':
        this.blocks.followed(value.type, Number(value['index']), value['content_block']);
        break;
      default:
        break;
    }
    return frame.event === null ? printEvent(value) : null;
  }

  resume(): string {
    this.lastDelta = null;
    this.native = null;
    return this.printOps(this.blocks.resume());
  }

  keepAlive(): string {
    return printEvent({ type: 'ping' });
  }

  close(facts: AnswerFacts): string {
    const ops = this.printOps(this.blocks.end());
    const start = this.start(facts);
    const own: NativeEvent = this.lastDelta ?? { type: 'message_delta' };
    const ownDelta = own['delta'] as Record<string, unknown> | undefined;
    const ended = stopOf({
      reason: facts.finishReason,
      native: this.native,
      refusal: this.blocks.refusal,
      stopSequences: this.stopSequences,
    });
    const last = {
      ...own,
      delta: ownDelta ?? ended,
      usage: paidUsage(facts.usage, facts.usageObject),
      ...facts.additions,
    };
    return ops + start + printEvent(last) + printEvent({ type: 'message_stop' });
  }

  fail(error: AppError, names: AnswerNames): string {
    return errorFrame(error, 'anthropic', names);
  }

  private note(event: ChatEvent): void {
    if (event.type === 'start' && !this.hasBegun) this.names = { id: event.id, model: event.model };
    if (event.type === 'usage') this.usage = event.usage;
    if (event.type === 'finish' && event.choice === 0) this.native = event.native;
  }

  private printOps(ops: readonly MessageOp[]): string {
    if (ops.length === 0) return '';
    let text = this.start(this.names);
    for (const op of ops) text += printEvent(op);
    return text;
  }

  /** '' when it was said before. */
  private start({ id, model }: { id: string; model: string }): string {
    if (this.hasBegun) return '';
    this.hasBegun = true;
    const message = {
      id: this.names.id || id,
      type: 'message',
      role: 'assistant',
      model: this.names.model || model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: messageUsage(this.usage),
    };
    return printEvent({ type: 'message_start', message } as { type: string });
  }

  /** The upstream's own start, with our usage in it. */
  private begin(value: NativeEvent): string {
    this.hasBegun = true;
    const message = { ...(value['message'] as Record<string, unknown>), usage: messageUsage(this.usage) };
    return printEvent({ ...value, message } as { type: string });
  }
}

function mergeDeltas(earlier: NativeEvent | null, later: NativeEvent): NativeEvent {
  const delta = { ...(earlier?.['delta'] as object | undefined), ...(later['delta'] as object | undefined) };
  return { ...earlier, ...later, delta };
}

function named(data: string): string {
  return printEvent(JSON.parse(data) as NativeEvent);
}
