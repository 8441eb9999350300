import type { ChatEvent } from '@trunkline/contracts';
import { errorFrame, type AppError, type ErrorDialect } from '@trunkline/errors';
import type { AnswerProgress, ChatChunk } from '@trunkline/providers';
import type { AnswerFacts, AnswerNames, StreamPrinter } from '../chat-door.js';
import { AnswerLosses, type Uncarried } from '../answer-losses.js';
import { ChatChunks } from './chat-chunks.js';

/** What tools of the provider did, beside the answer that came of it. */
export const UNCARRIED_BY_CHAT: Uncarried = { server_tool: 'answer.server_tools' };

export interface ChatPrinterInput {
  readonly dialect: ErrorDialect;
  /** The client asked for a last chunk with usage alone. */
  readonly usageChunk: boolean;
  /** Choices asked for. */
  readonly choices: number;
  /** Unix seconds, for upstreams that tell no time. */
  readonly createdSeconds: number;
}

/**
 * Prints a chat stream. The chunk that finishes the last choice is held to the end, since some upstreams finish and go on
 * writing. Usage and cost stand in it, where no chunk of their own was asked for: an unasked one with empty `choices`
 * crashes the loop that every tutorial shows.
 */
export class ChatPrinter implements StreamPrinter {
  private readonly chunks: ChatChunks;
  private readonly losses = new AnswerLosses(UNCARRIED_BY_CHAT);
  /** The chunk that finishes a choice: the last one, as long as nothing follows. */
  private held: ChatChunk | null = null;
  private finishedChoices = 0;
  private readonly ended = new Set<number>();

  constructor(private readonly input: ChatPrinterInput) {
    this.chunks = new ChatChunks(input.createdSeconds);
  }

  get lost(): readonly string[] {
    return this.losses.list;
  }

  print(event: ChatEvent): string {
    this.losses.note(event);
    const chunk = this.chunks.chunkFor(event);
    if (!chunk) return '';
    if (event.type !== 'finish') return this.printChunk(chunk, false);
    if (this.ended.has(event.choice)) return this.endOtherwise(chunk, event.choice);
    this.ended.add(event.choice);
    return this.printChunk(chunk, true);
  }

  /** The later end counts, unless the earlier one was told already. */
  private endOtherwise(chunk: ChatChunk, choice: number): string {
    if (this.held?.choices.some(({ index }) => index === choice)) this.held = chunk;
    return '';
  }

  /** A chunk that an upstream of this dialect sent and that cannot pass as it is. */
  printChunk(chunk: ChatChunk, hasFinish: boolean): string {
    if (!hasFinish) return this.passing() + printed(chunk);
    this.finishedChoices += 1;
    // Of several choices that finish together, the last one waits.
    const released = this.held ? printed(this.held) : '';
    this.held = chunk;
    return released;
  }

  /** A frame passes as it is: a finish that was held for the end is not the last one after all. */
  passing(): string {
    if (!this.held) return '';
    if (this.finishedChoices >= this.input.choices) return this.releaseDeltas(this.held);
    const text = printed(this.held);
    this.held = null;
    return text;
  }

  /** All have finished and yet one goes on: what its last chunk says comes before that, and the finish waits on. */
  private releaseDeltas(held: ChatChunk): string {
    if (held.choices.every(({ delta }) => Object.keys(delta).length === 0)) return '';
    const said = held.choices.map((choice) => ({ ...choice, finish_reason: null }));
    this.held = { ...held, choices: held.choices.map((choice) => ({ ...choice, delta: {} })) };
    return printed({ ...held, choices: said });
  }

  /** Upstreams of this dialect are read by a passthrough reader, which knows their quirks. */
  follow(): null {
    return null;
  }

  resume(broken: AnswerProgress): string {
    this.chunks.identify(broken);
    return '';
  }

  keepAlive(): string {
    return ': keep-alive\n\n';
  }

  close(facts: AnswerFacts): string {
    const finish =
      this.held ?? chunkOf(facts, [{ index: 0, delta: {}, finish_reason: facts.finishReason ?? 'stop' }]);
    const additions = { usage: facts.usageObject, ...facts.additions };
    const closing = this.input.usageChunk
      ? printed(finish) + printed({ ...chunkOf(facts, []), ...additions })
      : printed({ ...finish, ...additions });
    return `${closing}data: [DONE]\n\n`;
  }

  fail(error: AppError, names: AnswerNames): string {
    return errorFrame(error, this.input.dialect, names);
  }
}

function chunkOf({ id, createdSeconds, model }: AnswerFacts, choices: ChatChunk['choices']): ChatChunk {
  return { id, object: 'chat.completion.chunk', created: createdSeconds, model, choices };
}

function printed(chunk: ChatChunk): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
