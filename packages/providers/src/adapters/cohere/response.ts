import type {
  AnsweredToolCall,
  Annotation,
  LeftOut,
  ReasoningDetail,
  SourceCitation,
} from '@trunkline/contracts';
import { isEmptyAnswer } from '../../answer-state.js';
import { empty, malformed } from '../../failure/index.js';
import { isRecord, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import type { ParsedAnswer } from '../../types.js';
import { citationEvents } from './citations.js';
import { classifyCohereInBand } from './failure.js';
import { failureOfFinish, finishReasonOf } from './finish-reason.js';
import { COHERE_PLAN_FORMAT, COHERE_THINKING_FORMAT } from './format.js';
import { logprobsOf } from './logprobs.js';
import { plausibleUsage } from '../../plausible-usage.js';
import { usageFromCohere } from './usage.js';

interface ReadMessage {
  text: string;
  reasoning: string;
  details: ReasoningDetail[];
  calls: AnsweredToolCall[];
  annotations: Annotation[];
  citations: SourceCitation[];
  leftOut: LeftOut[];
}

/** A whole answer. It does not name its model. https://docs.cohere.com/reference/chat */
export function parseChat(body: string): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  if (!isRecord(value)) return { kind: 'failed', failure: malformed('The answer is not an object.') };
  const { message, finish_reason: native } = value;
  if (value['error'] || typeof message === 'string')
    return { kind: 'failed', failure: classifyCohereInBand(value) };
  if (!isRecord(message)) return { kind: 'failed', failure: malformed('The answer has no message.') };
  if (typeof native !== 'string')
    return { kind: 'failed', failure: malformed('The answer has no finish reason.') };
  const broken = failureOfFinish(native, '');
  if (broken) return { kind: 'failed', failure: broken };
  const id = textOf(value['id']);
  const read = readMessage(message, id);
  const finishReason = finishReasonOf(native, read.calls.length > 0);
  const usage = plausibleUsage(usageFromCohere(value['usage']), finishReason);
  const logprobs = logprobsOf(value['logprobs']);
  const hasContent = read.text !== '' || read.calls.length > 0 || read.reasoning !== '';
  if (isEmptyAnswer({ hasContent, finishReason, usage })) return { kind: 'failed', failure: empty() };
  return {
    kind: 'answer',
    answer: {
      id,
      object: 'chat.completion',
      created: 0,
      model: '',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: read.text === '' && read.calls.length > 0 ? null : read.text,
            refusal: null,
            ...(read.calls.length > 0 ? { tool_calls: read.calls } : {}),
            ...(read.reasoning === '' ? {} : { reasoning_content: read.reasoning }),
            ...(read.details.length > 0 ? { reasoning_details: read.details } : {}),
            ...(read.annotations.length > 0 ? { annotations: read.annotations } : {}),
            ...(read.citations.length > 0 ? { citations: read.citations } : {}),
          },
          finish_reason: finishReason,
          native_finish_reason: native,
          logprobs: logprobs.length > 0 ? { content: logprobs, refusal: null } : null,
        },
      ],
    },
    usage,
    finishReason,
    nativeFinishReason: native,
    outputText:
      read.text + read.calls.map((call) => `${call.function?.name}${call.function?.arguments}`).join(''),
    reasoningText: read.reasoning,
    leftOut: read.leftOut,
  };
}

function readMessage(message: JsonRecord, id: string): ReadMessage {
  const read: ReadMessage = {
    text: '',
    reasoning: '',
    details: [],
    calls: [],
    annotations: [],
    citations: [],
    leftOut: [],
  };
  /** Characters of text before each block of the content. */
  const offsets: number[] = [];
  for (const block of listOf(message['content'])) {
    offsets.push(read.text.length);
    if (!isRecord(block)) continue;
    if (block['type'] === 'thinking') addReasoning(read, textOf(block['thinking']), COHERE_THINKING_FORMAT);
    else read.text += textOf(block['text']);
  }
  addReasoning(read, textOf(message['tool_plan']), COHERE_PLAN_FORMAT);
  for (const [index, call] of listOf(message['tool_calls']).entries()) {
    const { name, arguments: args } = recordOf(recordOf(call)['function']);
    read.calls.push({
      id: textOf(recordOf(call)['id']) || callId(id, index),
      type: 'function',
      function: { name: textOf(name), arguments: textOf(args) || '{}' },
    });
  }
  for (const citation of listOf(message['citations'])) {
    const block = recordOf(citation)['content_index'];
    const offset = offsets[typeof block === 'number' ? block : 0] ?? 0;
    for (const event of citationEvents(citation, offset)) {
      if (event.type === 'annotation') read.annotations.push(event.annotation);
      else if (event.type === 'citation') read.citations.push(event.citation);
      else read.leftOut = ['citations'];
    }
  }
  return read;
}

function addReasoning(read: ReadMessage, text: string, format: string): void {
  if (text === '') return;
  read.reasoning += text;
  read.details.push({ type: 'reasoning.text', text, format, index: read.details.length });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Calls have ids; a made-up one is the same whenever the same answer is read. */
export function callId(id: string | null, index: number): string {
  return `call_${id || 'unnamed'}_${index}`;
}
