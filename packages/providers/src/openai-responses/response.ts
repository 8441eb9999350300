import type {
  AnsweredToolCall,
  Annotation,
  ChatEvent,
  DrawnImage,
  LeftOut,
  ReasoningDetail,
  SourceCitation,
} from '@trunkline/contracts';
import { empty, malformed, type CodeTable } from '../failure/index.js';
import { isEmptyAnswer } from '../answer-state.js';
import { isRecord, recordOf } from '../loose-json.js';
import type { ParsedAnswer } from '../types.js';
import { ResponsesDecoder } from './stream.js';

/** A whole response as an answer. It is read as the last event of a stream, so that both say the same. */
export function parseResponse(body: string, reasoningFormat: string, codes: CodeTable): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  if (!isRecord(value)) return { kind: 'failed', failure: malformed('The answer is not an object.') };
  const decoder = new ResponsesDecoder(reasoningFormat, codes);
  const message = collect(decoder.takeWhole(value));
  const { failure, hasContent, finishReason, nativeFinishReason, usage, outputText, reasoningText } = decoder;
  if (failure || finishReason === null)
    return { kind: 'failed', failure: failure ?? malformed('The answer does not end.') };
  if (isEmptyAnswer({ hasContent, finishReason, usage })) return { kind: 'failed', failure: empty() };
  return {
    kind: 'answer',
    answer: {
      id: decoder.id ?? '',
      object: 'chat.completion',
      created: decoder.createdSeconds ?? 0,
      model: decoder.model ?? '',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: message.text === '' && message.calls.length > 0 ? null : message.text,
            refusal: message.refusal === '' ? null : message.refusal,
            ...(message.calls.length > 0 ? { tool_calls: message.calls } : {}),
            ...(reasoningText === '' ? {} : { reasoning_content: reasoningText }),
            ...(message.details.length > 0 ? { reasoning_details: message.details } : {}),
            ...(message.annotations.length > 0 ? { annotations: message.annotations } : {}),
            ...(message.citations.length > 0 ? { citations: message.citations } : {}),
            ...(message.images.length > 0 ? { images: message.images } : {}),
          },
          finish_reason: finishReason,
          native_finish_reason: nativeFinishReason,
          logprobs: message.logprobs.length > 0 ? { content: message.logprobs, refusal: null } : null,
        },
      ],
    },
    usage,
    finishReason,
    nativeFinishReason,
    outputText,
    reasoningText,
    leftOut: [...message.leftOut],
  };
}

interface Collected {
  text: string;
  refusal: string;
  calls: AnsweredToolCall[];
  details: ReasoningDetail[];
  annotations: Annotation[];
  citations: SourceCitation[];
  images: DrawnImage[];
  logprobs: unknown[];
  leftOut: Set<LeftOut>;
}

function collect(events: readonly ChatEvent[]): Collected {
  const into: Collected = {
    text: '',
    refusal: '',
    calls: [],
    details: [],
    annotations: [],
    citations: [],
    images: [],
    logprobs: [],
    leftOut: new Set(),
  };
  for (const event of events) collectOne(into, event);
  return into;
}

function collectOne(into: Collected, event: ChatEvent): void {
  switch (event.type) {
    case 'text':
      into.text += event.text;
      break;
    case 'refusal':
      into.refusal += event.text;
      break;
    case 'reasoning': {
      const { text, format, index } = event;
      into.details.push({ type: 'reasoning.text', text, format, index });
      break;
    }
    case 'reasoning_encrypted': {
      const { data, format, id, index } = event;
      into.details.push({ type: 'reasoning.encrypted', data, format, id, index });
      break;
    }
    case 'tool_call_start': {
      const { id, name, kind } = event;
      into.calls.push(
        kind === 'custom'
          ? { id, type: 'custom', custom: { name, input: '' } }
          : { id, type: 'function', function: { name, arguments: '' } },
      );
      break;
    }
    case 'tool_call_arguments': {
      const call = into.calls[event.index];
      if (call?.custom) call.custom.input += event.text;
      if (call?.function) call.function.arguments += event.text;
      break;
    }
    case 'annotation':
      into.annotations.push(event.annotation);
      break;
    case 'citation':
      into.citations.push(event.citation);
      break;
    case 'image':
      into.images.push({ type: 'image_url', image_url: { url: event.url } });
      break;
    case 'server_tool':
      if (!event.isTold) into.leftOut.add('server_tools');
      break;
    case 'left_out':
      into.leftOut.add(event.what);
      break;
    case 'logprobs':
      into.logprobs.push(...listOf(recordOf(event.logprobs)['content']));
      break;
    default:
      break;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
