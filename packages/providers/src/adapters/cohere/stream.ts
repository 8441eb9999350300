import type { ChatEvent } from '@trunkline/contracts';
import { AnswerState } from '../../answer-state.js';
import { malformed } from '../../failure/index.js';
import type { SseEvent } from '../../framing/index.js';
import { isRecord, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import type { ChatDecoder } from '../../types.js';
import { citationEvents } from './citations.js';
import { classifyCohereInBand } from './failure.js';
import { failureOfFinish, finishReasonOf } from './finish-reason.js';
import { COHERE_PLAN_FORMAT, COHERE_THINKING_FORMAT } from './format.js';
import { logprobsOf } from './logprobs.js';
import { callId } from './response.js';
import { usageFromCohere } from './usage.js';

/** A call that has begun; Cohere counts them from 0. */
interface OpenCall {
  readonly index: number;
  hasArguments: boolean;
}

/**
 * Decodes one stream of Cohere's chat: typed events, whose last one, `message-end`, has finish reason and usage. Some
 * servers say `[DONE]` behind it. https://docs.cohere.com/docs/streaming
 */
export class CohereDecoder extends AnswerState implements ChatDecoder {
  private readonly calls = new Map<number, OpenCall>();
  /** Characters of text before each block. */
  private readonly offsets = new Map<number, number>();
  private reasoning: { block: string; index: number } | null = null;
  private reasoningBlocks = 0;
  private visibleLength = 0;
  private hasStarted = false;

  constructor() {
    super(1);
  }

  /** Only the terminal event ends a message. */
  override get finished(): boolean {
    return this.failure === null && this.terminated;
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.failure || this.terminated || frame.data === '' || frame.data.trim() === '[DONE]') return [];
    let value: unknown;
    try {
      value = JSON.parse(frame.data);
    } catch {
      return this.broken('A frame of the stream is not JSON.');
    }
    if (!isRecord(value)) return this.broken('A frame of the stream is not an object.');
    // An error has no type, but a message of its own.
    if (value['error'] || (value['type'] === undefined && typeof value['message'] === 'string'))
      return [{ type: 'error', failure: this.fail(classifyCohereInBand(value)) }];
    if (value['type'] === 'message-start') return this.start(value);
    const message = recordOf(recordOf(value['delta'])['message']);
    const index = typeof value['index'] === 'number' ? value['index'] : 0;
    switch (value['type']) {
      case 'content-start':
      case 'content-delta':
        return [
          ...this.content(index, recordOf(message['content'])),
          ...logprobsEvents(value['logprobs'] ?? recordOf(value['delta'])['logprobs']),
        ];
      case 'tool-plan-delta':
        return this.thought('plan', textOf(message['tool_plan']), COHERE_PLAN_FORMAT);
      case 'tool-call-start':
        return this.openCall(index, recordOf(message['tool_calls']));
      case 'tool-call-delta':
        return this.callArguments(index, recordOf(message['tool_calls']));
      case 'tool-call-end':
        return this.closeCall(index);
      case 'citation-start':
        return this.citation(message['citations']);
      case 'message-end':
        return this.finishMessage(recordOf(value['delta']));
      // content-end, citation-end, debug, and whatever else may be added
      default:
        return [];
    }
  }

  private start(value: JsonRecord): ChatEvent[] {
    if (this.hasStarted) return this.broken('The stream begins a second message.');
    this.hasStarted = true;
    this.id = textOf(value['id']);
    // Nothing in the stream names the model.
    return [{ type: 'start', id: this.id, model: '', createdSeconds: null }];
  }

  private content(index: number, content: JsonRecord): ChatEvent[] {
    if (!this.hasStarted) return this.broken('The stream does not begin with a message.');
    if (!this.offsets.has(index)) this.offsets.set(index, this.visibleLength);
    if (typeof content['thinking'] === 'string')
      return this.thought(`block ${index}`, content['thinking'], COHERE_THINKING_FORMAT);
    return this.text(textOf(content['text']));
  }

  private text(text: string): ChatEvent[] {
    if (text === '') return [];
    this.hasContent = true;
    this.visibleLength += text.length;
    this.outputText += text;
    return [{ type: 'text', choice: 0, text }];
  }

  /** Pieces of one block follow each other; a plan is a block of its own. */
  private thought(block: string, text: string, format: string): ChatEvent[] {
    if (!this.hasStarted) return this.broken('The stream does not begin with a message.');
    if (text === '') return [];
    if (this.reasoning?.block !== block) {
      this.reasoning = { block, index: this.reasoningBlocks };
      this.reasoningBlocks += 1;
    }
    this.hasContent = true;
    this.reasoningText += text;
    return [{ type: 'reasoning', choice: 0, index: this.reasoning.index, text, format }];
  }

  private openCall(at: number, call: JsonRecord): ChatEvent[] {
    if (!this.hasStarted || this.calls.has(at))
      return this.broken('A call of the stream does not begin as it must.');
    const open: OpenCall = { index: this.calls.size, hasArguments: false };
    this.calls.set(at, open);
    const { name, arguments: args } = recordOf(call['function']);
    const id = textOf(call['id']) || callId(this.id, open.index);
    this.hasContent = true;
    this.outputText += textOf(name);
    return [
      { type: 'tool_call_start', choice: 0, index: open.index, id, name: textOf(name), kind: 'function' },
      ...this.argumentsOf(open, textOf(args)),
    ];
  }

  private callArguments(at: number, call: JsonRecord): ChatEvent[] {
    const open = this.calls.get(at);
    if (!open) return this.broken('The stream goes on with a call that has not begun.');
    return this.argumentsOf(open, textOf(recordOf(call['function'])['arguments']));
  }

  /** A call without arguments sends none; clients parse what they got, so it must be an object. */
  private closeCall(at: number): ChatEvent[] {
    const open = this.calls.get(at);
    if (!open) return this.broken('The stream ends a call that has not begun.');
    return open.hasArguments ? [] : this.argumentsOf(open, '{}');
  }

  private argumentsOf(open: OpenCall, text: string): ChatEvent[] {
    if (text === '') return [];
    open.hasArguments = true;
    this.outputText += text;
    return [{ type: 'tool_call_arguments', choice: 0, index: open.index, text }];
  }

  private citation(citation: unknown): ChatEvent[] {
    if (!this.hasStarted) return this.broken('The stream does not begin with a message.');
    const block = recordOf(citation)['content_index'];
    const offset = this.offsets.get(typeof block === 'number' ? block : 0) ?? 0;
    return citationEvents(citation, offset);
  }

  private finishMessage({ finish_reason: native, usage, error }: JsonRecord): ChatEvent[] {
    if (!this.hasStarted || typeof native !== 'string')
      return this.broken('The stream ends without a finish reason.');
    const events: ChatEvent[] = [];
    this.usage = usageFromCohere(usage);
    if (this.usage) events.push({ type: 'usage', usage: this.usage });
    const failure = failureOfFinish(native, textOf(error));
    if (failure) return [...events, { type: 'error', failure: this.fail(failure) }];
    this.terminated = true;
    const reason = finishReasonOf(native, this.calls.size > 0);
    this.finish(0, reason, native);
    return [...events, { type: 'finish', choice: 0, reason, native }];
  }

  private broken(message: string): ChatEvent[] {
    return [{ type: 'error', failure: this.fail(malformed(message)) }];
  }
}

function logprobsEvents(piece: unknown): ChatEvent[] {
  const content = logprobsOf(piece);
  return content.length > 0 ? [{ type: 'logprobs', choice: 0, logprobs: { content, refusal: null } }] : [];
}
