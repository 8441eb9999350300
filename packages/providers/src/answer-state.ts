import { completionTokens, type FinishReason, type UpstreamFailure, type Usage } from '@trunkline/contracts';
import { empty, truncated } from './failure/index.js';
import { plausibleUsage, saysNothing } from './plausible-usage.js';
import type { AnswerProgress } from './types.js';

/** What every reader and decoder keeps of its answer. */
export class AnswerState implements AnswerProgress {
  id: string | null = null;
  model: string | null = null;
  createdSeconds: number | null = null;
  hasContent = false;
  terminated = false;
  finishReason: FinishReason | null = null;
  nativeFinishReason: string | null = null;
  outputText = '';
  reasoningText = '';
  failure: UpstreamFailure | null = null;
  private readonly finishedChoices = new Set<number>();
  /** Whose end is told as the answer's: the first choice that finished. */
  private toldChoice: number | null = null;
  private reported: Usage | null = null;
  /** Counts of nothing, when no others have come. */
  private nothing: Usage | null = null;

  /** @param choices how many were asked for */
  constructor(private readonly choices: number) {}

  get usage(): Usage | null {
    return this.reported ?? plausibleUsage(this.nothing, this.finishReason);
  }

  set usage(usage: Usage | null) {
    // Some end with counts of nothing behind those of the answer.
    if (usage !== null && saysNothing(usage)) this.nothing = usage;
    else this.reported = plausibleUsage(usage, this.finishReason);
  }

  get finished(): boolean {
    return (
      this.failure === null &&
      (this.finishedChoices.size >= this.choices || (this.terminated && this.hasContent))
    );
  }

  hasFinished(choice: number): boolean {
    return this.finishedChoices.has(choice);
  }

  /** A choice may end again, where an upstream says an end with every frame: the last one counts. */
  finish(choice: number, reason: FinishReason, native: string | null): void {
    this.finishedChoices.add(choice);
    this.toldChoice ??= choice;
    if (choice !== this.toldChoice) return;
    this.finishReason = reason;
    this.nativeFinishReason = native;
  }

  fail(failure: UpstreamFailure): UpstreamFailure {
    this.failure ??= failure;
    return this.failure;
  }

  end(): UpstreamFailure | null {
    if (this.failure) return this.failure;
    const endedWell = this.finished || this.terminated;
    if (!endedWell) return this.fail(truncated());
    return isEmptyAnswer(this) ? this.fail(empty()) : null;
  }
}

/**
 * Ended by `stop` (or by asking for tools that it did not name) without text, tool call, refusal or any reported
 * output token. A `length` that went into reasoning, and a content filter, are finished answers.
 */
export function isEmptyAnswer(answer: {
  hasContent: boolean;
  finishReason: FinishReason | null;
  usage: Usage | null;
}): boolean {
  if (answer.hasContent || answer.finishReason === 'length' || answer.finishReason === 'content_filter')
    return false;
  return answer.usage === null || completionTokens(answer.usage) === 0;
}
