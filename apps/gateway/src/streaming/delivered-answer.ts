import type { AttemptTrace } from '../failover/attempt-runner.js';
import type { AnswerPart } from '../billing/answer-usage.js';
import type { SentAnswer } from '@trunkline/providers';
import type { ChatStream } from './chat-stream.js';
import { ContinueSource } from './continue-source.js';

/** What of an answer went to its client, over all the streams that it came from. */
export class DeliveredAnswer {
  private readonly ended: AnswerPart[] = [];
  private endedCharacters = 0;
  private text = '';
  private isBeyondText = false;
  private reasoningBlocks = 0;

  constructor(private current: ChatStream) {}

  /** Text that the client has, as far as another model could go on from it. */
  get sent(): SentAnswer {
    const { sent } = this.current.source;
    return {
      text: this.text + sent.text,
      isBeyondText: this.isBeyondText || sent.isBeyondText,
      reasoningBlocks: Math.max(this.reasoningBlocks, sent.reasoningBlocks),
    };
  }

  /** More than one stream wrote of it. */
  get isRescued(): boolean {
    return this.ended.length > 0;
  }

  /** Another stream goes on. */
  continueWith(stream: ChatStream): void {
    const { text, isBeyondText, reasoningBlocks } = this.sent;
    this.ended.push(partOf(this.current, false));
    this.endedCharacters = this.characters;
    this.text = text;
    this.isBeyondText = isBeyondText;
    this.reasoningBlocks = reasoningBlocks;
    this.current = stream;
  }

  /** Characters of the answer so far, reasoning included. */
  get characters(): number {
    const { outputText, reasoningText } = this.current.progress;
    return this.endedCharacters + outputText.length + reasoningText.length;
  }

  /** @param isWhole the last stream came to a good end */
  parts(isWhole: boolean): AnswerPart[] {
    return [...this.ended, partOf(this.current, isWhole)];
  }
}

function partOf({ source, progress, trace }: ChatStream, hasEndedWell: boolean): AnswerPart {
  const attempt = trace.number;
  if (!(source instanceof ContinueSource)) return { attempt, written: progress, isWhole: hasEndedWell };
  noteSplice(trace, source);
  const { writtenText: outputText, writtenReasoning: reasoningText } = source;
  const written = { usage: progress.usage, outputText, reasoningText };
  return { attempt, written, isWhole: hasEndedWell && source.isWhole };
}

function noteSplice(trace: AttemptTrace, { skippedCharacters }: ContinueSource): void {
  if (trace.splice) trace.splice = { ...trace.splice, skippedCharacters };
}
