import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerState } from '../answer-state.js';
import { malformed, truncated } from '../failure/index.js';
import { FreshCallIds } from '../fresh-call-ids.js';
import { isRecord } from '../loose-json.js';
import { isFailureFinish, readFinishReason, reasonWithCalls } from './finish-reason.js';
import { normalizeContent } from './normalize-content.js';
import { ToolCallReader } from './tool-call-reader.js';

export interface ChoicesReading {
  hasContent: boolean;
  hasFinish: boolean;
  /** Something was put right: the bytes no longer say the same. */
  isChanged: boolean;
  /** Nothing in it that a client needs, behind the end of all its choices. */
  isVoid: boolean;
}

/** Reads the choices of each chunk, puts right in place what a client of OpenAI could not read, and keeps the text. */
export class ChoiceReader {
  readonly sent = { text: '', isBeyondText: false, reasoningBlocks: 0 };
  /** By choice. */
  private readonly toolCalls = new Map<number, ToolCallReader>();
  private reading: ChoicesReading = { hasContent: false, hasFinish: false, isChanged: false, isVoid: true };

  constructor(
    private readonly answer: AnswerState,
    /** Of the conversation. */
    private readonly knownCallIds: ReadonlySet<string> = new Set(),
  ) {}

  read(choices: unknown[]): ChoicesReading | 'malformed' | 'failed' {
    this.reading = { hasContent: false, hasFinish: false, isChanged: false, isVoid: true };
    for (const [position, choice] of choices.entries()) {
      if (!isRecord(choice)) return 'malformed';
      if (isFailureFinish(choice['finish_reason'])) return 'failed';
      const index = this.readIndex(choice, position);
      if (choice['delta'] === null || choice['delta'] === undefined) {
        choice['delta'] = this.wholeMessage(choice);
        this.reading.isChanged = true;
      }
      const delta = choice['delta'];
      if (!isRecord(delta) || !this.readDelta(delta, index)) return 'malformed';
      if ((index > 0 && this.reading.hasContent) || choice['logprobs']) this.sent.isBeyondText = true;
      this.readFinish(choice, delta, index);
      if (this.reading.hasFinish && this.toolCalls.get(index)?.hasNamelessCall) return 'malformed';
      if (!this.answer.hasFinished(index) || this.reading.hasContent || this.reading.hasFinish) {
        this.reading.isVoid = false;
      }
    }
    return this.reading;
  }

  /**
   * The stream ended with `[DONE]`, and choices with calls never said that they did.
   * @returns why they did not; null where all of them are whole
   */
  endOpenCalls(): UpstreamFailure | null {
    for (const [choice, calls] of this.toolCalls) {
      if (this.answer.hasFinished(choice)) continue;
      if (calls.hasNamelessCall) return malformed('A call says not of what.');
      if (calls.hasHalfCall) return truncated();
      this.answer.finish(choice, 'tool_calls', null);
    }
    return null;
  }

  private readIndex(choice: Record<string, unknown>, position: number): number {
    if (typeof choice['index'] === 'number') return choice['index'];
    choice['index'] = position;
    this.reading.isChanged = true;
    return position;
  }

  /** Some servers answer a stream with one whole answer; behind deltas it says again what was said. */
  private wholeMessage(choice: Record<string, unknown>): unknown {
    const { message } = choice;
    delete choice['message'];
    return isRecord(message) && !this.answer.hasContent ? message : {};
  }

  /** @returns false for a shape that no client could read */
  private readDelta(delta: Record<string, unknown>, choice: number): boolean {
    const { content, refusal, tool_calls: toolCalls, function_call: functionCall } = delta;
    if (typeof content === 'string') {
      if (content !== '') this.content(content);
    } else if (content !== null && content !== undefined) {
      const { text, reasoning } = normalizeContent(content);
      delta['content'] = text;
      if (reasoning !== '') delta['reasoning_content'] = reasoning;
      this.reading.isChanged = true;
      if (text !== '') this.content(text);
    }
    this.readReasoning(delta);
    if (typeof refusal === 'string' && refusal !== '') this.beyondText(refusal);
    if (isRecord(functionCall)) this.readFunctionCall(functionCall);
    if (delta['audio'] || (Array.isArray(delta['images']) && delta['images'].length > 0)) {
      this.reading.hasContent = true;
      this.sent.isBeyondText = true;
    }
    if (toolCalls === null || toolCalls === undefined) return true;
    return Array.isArray(toolCalls) && this.readToolCalls(delta, toolCalls, choice);
  }

  private readReasoning(delta: Record<string, unknown>): void {
    const { reasoning_content: content, reasoning, reasoning_details: details } = delta;
    const text = typeof content === 'string' && content !== '' ? content : reasoning;
    if (typeof text === 'string' && text !== '') {
      this.answer.reasoningText += text;
      this.reading.hasContent = true;
    } else if (Array.isArray(details) && details.length > 0) {
      this.reading.hasContent = true;
    }
    for (const detail of Array.isArray(details) ? (details as unknown[]) : []) {
      const index = isRecord(detail) && typeof detail['index'] === 'number' ? detail['index'] : 0;
      this.sent.reasoningBlocks = Math.max(this.sent.reasoningBlocks, index + 1);
    }
  }

  private readFunctionCall(call: Record<string, unknown>): void {
    const { name, arguments: args } = call;
    if (typeof name === 'string' && name !== '') this.beyondText(name);
    if (typeof args === 'string' && args !== '') this.beyondText(args);
  }

  private readToolCalls(delta: Record<string, unknown>, toolCalls: unknown[], choice: number): boolean {
    if (toolCalls.length === 0) return true;
    const read = this.callsOf(choice).read(toolCalls);
    if (read === null) return false;
    if (read.isChanged) this.reading.isChanged = true;
    if (read.deltas.length === 0) {
      delete delta['tool_calls'];
      return true;
    }
    delta['tool_calls'] = read.deltas;
    this.reading.hasContent = true;
    this.sent.isBeyondText = true;
    return true;
  }

  private callsOf(choice: number): ToolCallReader {
    let calls = this.toolCalls.get(choice);
    if (!calls) {
      calls = new ToolCallReader(
        () => `call_${this.answer.id ?? 'unnamed'}_${choice}`,
        (text) => (this.answer.outputText += text),
        new FreshCallIds(this.knownCallIds),
      );
      this.toolCalls.set(choice, calls);
    }
    return calls;
  }

  private readFinish(choice: Record<string, unknown>, delta: Record<string, unknown>, index: number): void {
    const finish = readFinishReason(choice['finish_reason']);
    if (finish === null) return;
    if (this.answer.hasFinished(index)) {
      choice['finish_reason'] = null;
      this.reading.isChanged = true;
      return;
    }
    const calls = this.toolCalls.get(index);
    const rest = calls?.end(finish.reason === 'length') ?? [];
    if (rest.length > 0) delta['tool_calls'] = withRest(delta['tool_calls'], rest);
    const reason = reasonWithCalls(finish.reason, calls?.hasCalls === true);
    this.answer.finish(index, reason, nativeOf(choice) ?? finish.native);
    this.reading.hasFinish = true;
    if (reason === finish.native) return;
    choice['finish_reason'] = reason;
    choice['native_finish_reason'] ??= finish.native;
    this.reading.isChanged = true;
  }

  private content(text: string): void {
    this.sent.text += text;
    this.text(text);
  }

  private beyondText(text: string): void {
    this.sent.isBeyondText = true;
    this.text(text);
  }

  private text(text: string): void {
    this.answer.outputText += text;
    this.reading.hasContent = true;
  }
}

/** Arguments that were still to come, in the deltas of the frame that ends the choice. */
function withRest(deltas: unknown, rest: Record<string, unknown>[]): unknown[] {
  return [...(Array.isArray(deltas) ? (deltas as unknown[]) : []), ...rest];
}

/** OpenRouter tells what the host behind it said. */
function nativeOf(choice: Record<string, unknown>): string | null {
  const native = choice['native_finish_reason'];
  return typeof native === 'string' && native !== '' ? native : null;
}
