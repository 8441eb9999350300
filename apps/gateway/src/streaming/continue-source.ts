import {
  isContent,
  type ChatEvent,
  type FinishReason,
  type UpstreamFailure,
  type Usage,
} from '@trunkline/contracts';
import type { AnswerProgress, ChatDecoder, SseEvent } from '@trunkline/providers';
import type { StreamPrinter } from '../doors/chat-door.js';
import type { SentSpace } from '../failover/rescue/sent-space.js';
import type { Splicer } from '../failover/rescue/splicer.js';
import { localFailure } from '../upstream/local-failure.js';
import { SentText } from './sent-text.js';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

export interface ContinueInput {
  readonly decoder: ChatDecoder;
  /** Of the answer that broke off: it goes on printing. */
  readonly printer: StreamPrinter;
  /** What the answer that broke off said of itself. */
  readonly broken: AnswerProgress;
  /** Joins the text; null where no words were sent, and the answer begins anew. */
  readonly splicer: Splicer | null;
  /** What was sent all the same. */
  readonly sentSpace: SentSpace;
  /** Blocks of reasoning that the client has: who begins anew counts its own from there. */
  readonly reasoningBlocks: number;
}

/**
 * An upstream that goes on with an answer of another one. Its text is joined to what was sent; behind sent text its
 * reasoning is left out.
 */
export class ContinueSource implements FrameSource {
  readonly sent = new SentText();
  readonly progress: AnswerProgress;
  readonly printer: StreamPrinter;
  /** What of it went to the client, tool calls included. */
  writtenText = '';
  writtenReasoning = '';
  private hasResumed = false;
  private hasLeftOutReasoning = false;

  constructor(private readonly input: ContinueInput) {
    this.printer = input.printer;
    this.progress = new ContinuedProgress(input.decoder, input.splicer);
  }

  /** Characters of text that were said again. */
  get skippedCharacters(): number {
    return (this.input.splicer ?? this.input.sentSpace).skipped;
  }

  /** Everything that the model wrote went to the client. */
  get isWhole(): boolean {
    return this.skippedCharacters === 0 && !this.hasLeftOutReasoning;
  }

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    let reading: FrameReading = 'nothing';
    for (const event of this.input.decoder.push(frame)) {
      const meaning = this.take(event, pieces);
      if (typeof meaning === 'object') return meaning;
      if (meaning === 'content' || reading === 'nothing') reading = meaning;
    }
    return this.progress.terminated && reading === 'nothing' ? 'done' : reading;
  }

  private take(event: ChatEvent, pieces: StreamPiece[]): 'content' | 'unseen' | 'nothing' | UpstreamFailure {
    const { splicer } = this.input;
    switch (event.type) {
      case 'error':
        return event.failure;
      case 'start':
      case 'usage':
        return 'nothing';
      case 'server_tool':
        addText(pieces, this.printer.print(event));
        return 'unseen';
      case 'reasoning':
      case 'reasoning_signature':
      case 'reasoning_encrypted':
        if (!splicer) return this.pass({ ...event, index: event.index + this.input.reasoningBlocks }, pieces);
        this.hasLeftOutReasoning = true;
        return 'unseen';
      case 'text': {
        const text = splicer ? splicer.push(event.text) : this.input.sentSpace.without(event.text);
        if (text === null) return notGoingOn();
        if (text === '') return 'unseen';
        return this.pass({ ...event, text }, pieces);
      }
      default: {
        const rest = splicer && !splicer.isDecided ? splicer.end() : '';
        if (rest === null) return notGoingOn();
        if (rest !== '') this.pass({ type: 'text', choice: 0, text: rest }, pieces);
        const meaning = this.pass(event, pieces);
        return rest === '' ? meaning : 'content';
      }
    }
  }

  private pass(event: ChatEvent, pieces: StreamPiece[]): 'content' | 'nothing' {
    if (!this.hasResumed) {
      this.hasResumed = true;
      addText(pieces, this.printer.resume(this.input.broken));
    }
    this.note(event);
    addText(pieces, this.printer.print(event));
    return isContent(event) ? 'content' : 'nothing';
  }

  private note(event: ChatEvent): void {
    this.sent.note(event);
    if (event.type === 'reasoning') this.writtenReasoning += event.text;
    else if (event.type === 'text' || event.type === 'tool_call_arguments' || event.type === 'refusal')
      this.writtenText += event.text;
    else if (event.type === 'tool_call_start') this.writtenText += event.name;
  }
}

/** The progress of an answer that may rightly have nothing to add. */
class ContinuedProgress implements AnswerProgress {
  constructor(
    private readonly decoder: ChatDecoder,
    private readonly splicer: Splicer | null,
  ) {}

  get id(): string | null {
    return this.decoder.id;
  }
  get model(): string | null {
    return this.decoder.model;
  }
  get createdSeconds(): number | null {
    return this.decoder.createdSeconds;
  }
  get hasContent(): boolean {
    return this.decoder.hasContent;
  }
  get finished(): boolean {
    return this.decoder.finished;
  }
  get terminated(): boolean {
    return this.decoder.terminated;
  }
  get finishReason(): FinishReason | null {
    return this.decoder.finishReason;
  }
  get nativeFinishReason(): string | null {
    return this.decoder.nativeFinishReason;
  }
  get usage(): Usage | null {
    return this.decoder.usage;
  }
  get outputText(): string {
    return this.decoder.outputText;
  }
  get reasoningText(): string {
    return this.decoder.reasoningText;
  }
  get failure(): UpstreamFailure | null {
    return this.decoder.failure;
  }

  end(): UpstreamFailure | null {
    const failure = this.decoder.end();
    const isComplete = failure?.outcome === 'empty' && this.splicer?.mode === 'prefill';
    return isComplete ? null : failure;
  }
}

function notGoingOn(): UpstreamFailure {
  return localFailure('invalid_output', 'The answer does not go on from what was sent.');
}

function addText(pieces: StreamPiece[], text: string): void {
  if (text !== '') pieces.push({ kind: 'text', text });
}
