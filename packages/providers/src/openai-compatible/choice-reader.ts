import type { AnswerState } from '../answer-state.js';
import { isRecord, textOf } from '../loose-json.js';
import { isFailureFinish, readFinishReason } from './finish-reason.js';
import { normalizeContent } from './normalize-content.js';

export interface ChoicesReading {
  hasContent: boolean;
  hasFinish: boolean;
  /** Something was put right: the bytes no longer say the same. */
  isChanged: boolean;
  /** Nothing in it that a client needs, behind the end of all its choices. */
  isVoid: boolean;
}

interface KnownCall {
  id: string;
  name: string;
}

const MOST_CALLS = 10_000;

/** Reads the choices of each chunk, puts right in place what a client of OpenAI could not read, and keeps the text. */
export class ChoiceReader {
  readonly sent = { text: '', isBeyondText: false };
  /** Tool calls by choice and index. */
  private readonly calls = new Map<string, KnownCall>();
  private reading: ChoicesReading = { hasContent: false, hasFinish: false, isChanged: false, isVoid: true };

  constructor(private readonly answer: AnswerState) {}

  read(choices: unknown[]): ChoicesReading | 'malformed' | 'failed' {
    this.reading = { hasContent: false, hasFinish: false, isChanged: false, isVoid: true };
    for (const [position, choice] of choices.entries()) {
      if (!isRecord(choice)) return 'malformed';
      if (isFailureFinish(choice['finish_reason'])) return 'failed';
      const index = this.readIndex(choice, position);
      if (choice['delta'] === null || choice['delta'] === undefined) {
        choice['delta'] = {};
        this.reading.isChanged = true;
      }
      const delta = choice['delta'];
      if (!isRecord(delta) || !this.readDelta(delta, index)) return 'malformed';
      if ((index > 0 && this.reading.hasContent) || choice['logprobs']) this.sent.isBeyondText = true;
      this.readFinish(choice, index);
      if (this.reading.hasFinish && this.hasNamelessCall(index)) return 'malformed';
      if (!this.answer.hasFinished(index) || this.reading.hasContent || this.reading.hasFinish) {
        this.reading.isVoid = false;
      }
    }
    return this.reading;
  }

  private readIndex(choice: Record<string, unknown>, position: number): number {
    if (typeof choice['index'] === 'number') return choice['index'];
    choice['index'] = position;
    this.reading.isChanged = true;
    return position;
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
    return Array.isArray(toolCalls) && this.readToolCalls(toolCalls, choice);
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
  }

  private readFunctionCall(call: Record<string, unknown>): void {
    const { name, arguments: args } = call;
    if (typeof name === 'string' && name !== '') this.beyondText(name);
    if (typeof args === 'string' && args !== '') this.beyondText(args);
  }

  private readToolCalls(toolCalls: unknown[], choice: number): boolean {
    for (const [position, call] of toolCalls.entries()) {
      if (!isRecord(call)) return false;
      if (!isCallIndex(call['index'])) {
        call['index'] = this.indexOf(call, choice, position);
        this.reading.isChanged = true;
      }
      const body = call['function'] ?? call['custom'];
      if (!isRecord(body)) continue;
      this.readToolCall(call, body, choice);
      this.reading.hasContent = true;
      this.sent.isBeyondText = true;
    }
    return true;
  }

  /** A delta without an index continues the call that has its id, or is a new one where it brings an id or a name. */
  private indexOf(call: Record<string, unknown>, choice: number, position: number): number {
    const ofChoice = [...this.calls.entries()].filter(([key]) => key.startsWith(`${choice}:`));
    const same = ofChoice.find(([, known]) => call['id'] !== undefined && known.id === call['id']);
    if (same) return Number(same[0].split(':')[1]);
    const body = call['function'];
    const isNew = Boolean(call['id']) || (isRecord(body) && Boolean(body['name']));
    return isNew ? ofChoice.length : Math.max(0, ofChoice.length - 1, position);
  }

  private readToolCall(call: Record<string, unknown>, body: Record<string, unknown>, choice: number): void {
    const index = Number(call['index']);
    const key = `${choice}:${index}`;
    const known = this.calls.get(key);
    const name = typeof body['name'] === 'string' ? body['name'] : '';
    if (known === undefined) {
      if (typeof call['id'] !== 'string' || call['id'] === '') {
        call['id'] = `call_${this.answer.id ?? 'unnamed'}_${choice}_${index}`;
        this.reading.isChanged = true;
      }
      if (!call['type']) {
        call['type'] = call['custom'] ? 'custom' : 'function';
        this.reading.isChanged = true;
      }
      this.calls.set(key, { id: textOf(call['id']), name });
    } else if (name !== '' && name === known.name) {
      // Clients add the deltas up: a name that comes again would be there twice.
      delete body['name'];
      this.reading.isChanged = true;
    } else {
      known.name += name;
    }
    if (name !== '' && body['name'] !== undefined) this.answer.outputText += name;
    this.readArguments(body);
  }

  private readArguments(body: Record<string, unknown>): void {
    const field = 'arguments' in body ? 'arguments' : 'input';
    const value = body[field];
    if (typeof value === 'string') {
      this.answer.outputText += value;
    } else if (value !== null && value !== undefined) {
      body[field] = JSON.stringify(value);
      this.answer.outputText += textOf(body[field]);
      this.reading.isChanged = true;
    }
  }

  private readFinish(choice: Record<string, unknown>, index: number): void {
    const finish = readFinishReason(choice['finish_reason']);
    if (finish === null) return;
    if (this.answer.hasFinished(index)) {
      choice['finish_reason'] = null;
      this.reading.isChanged = true;
      return;
    }
    this.answer.finish(index, finish.reason, nativeOf(choice) ?? finish.native);
    this.reading.hasFinish = true;
    if (finish.reason === finish.native) return;
    choice['finish_reason'] = finish.reason;
    choice['native_finish_reason'] = finish.native;
    this.reading.isChanged = true;
  }

  /** Nobody can make a call that does not say of what. */
  private hasNamelessCall(choice: number): boolean {
    for (const [key, { name }] of this.calls) if (name === '' && key.startsWith(`${choice}:`)) return true;
    return false;
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

/** Clients keep calls in an array: an index out of all reason is as good as none. */
function isCallIndex(index: unknown): boolean {
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 && index < MOST_CALLS;
}

/** OpenRouter tells what the host behind it said. */
function nativeOf(choice: Record<string, unknown>): string | null {
  const native = choice['native_finish_reason'];
  return typeof native === 'string' && native !== '' ? native : null;
}
