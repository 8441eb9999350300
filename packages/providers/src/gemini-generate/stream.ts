import type { ChatEvent, FinishReason } from '@trunkline/contracts';
import { AnswerState } from '../answer-state.js';
import { malformed } from '../failure/index.js';
import type { SseEvent } from '../framing/index.js';
import { countOf, isRecord, textOf, type JsonRecord } from '../loose-json.js';
import type { ChatDecoder, StreamOptions } from '../types.js';
import { callId, readPart, type AnswerPart } from './answer-part.js';
import { blockedPrompt } from './blocked.js';
import { CallReader, type CallPiece, type CallStep } from './call-reader.js';
import { classifyGeminiInBand } from './failure.js';
import {
  endsWithinCall,
  explanationOf,
  failureOfFinish,
  finishReasonOf,
  GEMINI_FINISH_NUMBERS,
  isLaterEnd,
  nativeReasonOf,
} from './finish-reason.js';
import { GEMINI_REASONING_FORMAT } from './format.js';
import { groundingOf } from './grounding.js';
import { logprobsOf } from './logprobs.js';
import { usageFromGemini, withSearches } from './usage.js';
import { signedContent } from './signed-call.js';

/** What is known of one candidate. */
interface Candidate {
  calls: number;
  callReader: CallReader;
  /** Of the call that was begun last. */
  callId: string;
  ended: FinishReason | null;
  /** Reasoning blocks that were begun. */
  blocks: number;
  isThinking: boolean;
  /** Visible text so far. */
  text: string;
  /** Citations that were told: they come again with every frame. */
  cited: Set<string>;
  searches: number;
}

/**
 * Decodes one stream of generateContent: each frame is a piece of the answer in the form of a whole one, and the end is
 * the finish reason of the last candidate, without a terminal frame.
 * https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class GeminiDecoder extends AnswerState implements ChatDecoder {
  private readonly candidates = new Map<number, Candidate>();
  private hasStarted = false;

  /** @param finishNumbers what the numbers mean where enumerations come so */
  constructor(
    { choices }: StreamOptions,
    private readonly finishNumbers = GEMINI_FINISH_NUMBERS,
  ) {
    super(choices);
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.failure || frame.data === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(frame.data);
    } catch {
      return this.broken('A frame of the stream is not JSON.');
    }
    if (!isRecord(value)) return this.broken('A frame of the stream is not an object.');
    if (value['error']) return [{ type: 'error', failure: this.fail(classifyGeminiInBand(value)) }];
    if (hasWrongShape(value)) return this.broken('A frame of the stream has a wrong shape.');
    const events = this.start(value);
    const candidates = Array.isArray(value['candidates']) ? (value['candidates'] as unknown[]) : [];
    const blocked = candidates.length === 0 ? blockedPrompt(value['promptFeedback']) : null;
    if (blocked) return [...events, { type: 'error', failure: this.fail(blocked) }];
    for (const [i, candidate] of candidates.entries())
      if (isRecord(candidate)) this.countSearches(candidate, countOf(candidate['index']) ?? i);
    // Usage first: whoever prints the end wants it with the finish reason.
    events.push(...this.takeUsage(value['usageMetadata']));
    for (const [i, candidate] of candidates.entries()) {
      if (!isRecord(candidate)) continue;
      events.push(...this.read(candidate, countOf(candidate['index']) ?? i));
      if (this.failure) break;
    }
    return events;
  }

  private start(value: JsonRecord): ChatEvent[] {
    if (this.hasStarted) return [];
    this.hasStarted = true;
    this.id = textOf(value['responseId']);
    this.model = textOf(value['modelVersion']);
    return [{ type: 'start', id: this.id, model: this.model, createdSeconds: null }];
  }

  private read(candidate: JsonRecord, choice: number): ChatEvent[] {
    const { content, finishReason, logprobsResult } = candidate;
    const state = this.stateOf(choice);
    const parts = isRecord(content) && Array.isArray(content['parts']) ? (content['parts'] as unknown[]) : [];
    const events: ChatEvent[] = [];
    for (const value of parts) {
      const part = readPart(value);
      if (part) events.push(...this.part(part, choice, state));
      if (this.failure) return events;
    }
    const logprobs = logprobsOf(logprobsResult);
    if (logprobs.length > 0)
      events.push({ type: 'logprobs', choice, logprobs: { content: logprobs, refusal: null } });
    events.push(...this.cite(candidate, choice, state));
    const native = nativeReasonOf(finishReason, this.finishNumbers);
    if (native === '') return events;
    const hasCalls = state.calls > 0;
    const reason = finishReasonOf(native, hasCalls);
    const failure =
      failureOfFinish(native, hasCalls) ?? endsWithinCall(reason, state.callReader.isWithinCall);
    if (failure) return [...events, { type: 'error', failure: this.fail(failure) }];
    // Models before 2.0 say one in every frame, and text may come after it.
    if (state.ended !== null && !isLaterEnd(state.ended, reason)) return events;
    state.ended = reason;
    this.finish(choice, reason, native);
    const refusal = explanationOf(candidate['finishMessage'], reason);
    if (refusal !== '') events.push({ type: 'refusal', choice, text: refusal, isExplanation: true });
    return [...events, { type: 'finish', choice, reason, native }];
  }

  private cite(candidate: JsonRecord, choice: number, state: Candidate): ChatEvent[] {
    if (!candidate['groundingMetadata'] && !candidate['citationMetadata']) return [];
    const { annotations, citations } = groundingOf(candidate, state.text, this.model ?? '');
    const events: ChatEvent[] = [
      ...annotations.map((annotation): ChatEvent => ({ type: 'annotation', choice, annotation })),
      ...citations.map((citation): ChatEvent => ({ type: 'citation', choice, citation })),
    ];
    return events.filter((event) => {
      const told = JSON.stringify(event);
      const isNew = !state.cited.has(told);
      state.cited.add(told);
      return isNew;
    });
  }

  private countSearches(candidate: JsonRecord, choice: number): void {
    if (!candidate['groundingMetadata']) return;
    const state = this.stateOf(choice);
    const { searches } = groundingOf(candidate, '', this.model ?? '');
    state.searches = Math.max(state.searches, searches);
  }

  private part(part: AnswerPart, choice: number, state: Candidate): ChatEvent[] {
    if (part.kind === 'thought') return this.thought(part, choice, state);
    state.isThinking = false;
    switch (part.kind) {
      case 'text':
        state.text += part.text;
        return [...this.text(part.text, choice), ...this.signature(part.signature, null, choice, state)];
      case 'call':
        return this.call(part.piece, choice, state);
      case 'server_tool':
        this.hasContent = true;
        return [{ type: 'server_tool', choice, name: part.name }];
      case 'left_out':
        // Sound is an answer, though none that a client of chat can be given.
        if (part.what === 'audio') this.hasContent = true;
        return [{ type: 'left_out', choice, what: part.what }];
      case 'image':
        this.hasContent = true;
        return [
          { type: 'image', choice, url: part.url },
          ...this.signature(part.signature, null, choice, state),
        ];
    }
  }

  private text(text: string, choice: number): ChatEvent[] {
    if (text === '') return [];
    this.hasContent = true;
    this.outputText += text;
    return [{ type: 'text', choice, text }];
  }

  /** Pieces of a thought follow each other until something else comes, or one of them is signed. */
  private thought(
    { text, signature }: Extract<AnswerPart, { kind: 'text' | 'thought' }>,
    choice: number,
    state: Candidate,
  ): ChatEvent[] {
    if (!state.isThinking) state.blocks += 1;
    state.isThinking = signature === null;
    const index = state.blocks - 1;
    const format = GEMINI_REASONING_FORMAT;
    const events: ChatEvent[] = [];
    if (text !== '') {
      this.hasContent = true;
      this.reasoningText += text;
      events.push({ type: 'reasoning', choice, index, text, format });
    }
    if (signature !== null) events.push({ type: 'reasoning_signature', choice, index, signature, format });
    return events;
  }

  private call(piece: CallPiece, choice: number, state: Candidate): ChatEvent[] {
    const steps = state.callReader.take(piece);
    if (steps === null) return this.broken('The model wrote a function call that cannot be read.');
    return steps.flatMap((step) => this.callStep(step, choice, state));
  }

  private callStep(step: CallStep, choice: number, state: Candidate): ChatEvent[] {
    switch (step.kind) {
      case 'begin': {
        const index = state.calls;
        state.calls += 1;
        state.callId = callId(step.id, this.id, choice, index);
        const { name, signature } = step;
        const { callId: id } = state;
        this.hasContent = true;
        this.outputText += name;
        const extras = signature === null ? {} : { extraContent: signedContent(signature) };
        return [
          ...this.signature(signature, id, choice, state),
          { type: 'tool_call_start', choice, index, id, name, kind: 'function', ...extras },
        ];
      }
      case 'arguments':
        this.outputText += step.text;
        return [{ type: 'tool_call_arguments', choice, index: state.calls - 1, text: step.text }];
      case 'signature':
        return this.signature(step.signature, state.callId, choice, state);
    }
  }

  /** `id` names the call that the signature belongs to; without one it is the text's. */
  private signature(data: string | null, id: string | null, choice: number, state: Candidate): ChatEvent[] {
    if (data === null) return [];
    const index = state.blocks;
    state.blocks += 1;
    return [{ type: 'reasoning_encrypted', choice, index, data, format: GEMINI_REASONING_FORMAT, id }];
  }

  private takeUsage(metadata: unknown): ChatEvent[] {
    const counted = usageFromGemini(metadata);
    if (counted === null) return [];
    let searches = 0;
    for (const candidate of this.candidates.values()) searches += candidate.searches;
    const usage = withSearches(counted, searches);
    this.usage = usage;
    return [{ type: 'usage', usage }];
  }

  private stateOf(choice: number): Candidate {
    const known = this.candidates.get(choice) ?? {
      calls: 0,
      callReader: new CallReader(),
      callId: '',
      ended: null,
      blocks: 0,
      isThinking: false,
      text: '',
      cited: new Set(),
      searches: 0,
    };
    this.candidates.set(choice, known);
    return known;
  }

  private broken(message: string): ChatEvent[] {
    return [{ type: 'error', failure: this.fail(malformed(message)) }];
  }
}

/** A piece that cannot be read would be missing from the answer. */
function hasWrongShape({ candidates }: JsonRecord): boolean {
  if (candidates === undefined || candidates === null) return false;
  if (!Array.isArray(candidates)) return true;
  return candidates.some((candidate: unknown) => {
    if (!isRecord(candidate)) return true;
    const content = candidate['content'] ?? {};
    return !isRecord(content) || !Array.isArray(content['parts'] ?? []);
  });
}
