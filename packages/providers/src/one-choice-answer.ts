import type {
  AnsweredToolCall,
  Annotation,
  DrawnImage,
  FinishReason,
  LeftOut,
  ReasoningDetail,
  SourceCitation,
  Usage,
} from '@trunkline/contracts';
import { isEmptyAnswer } from './answer-state.js';
import { empty } from './failure/index.js';
import type { ParsedAnswer } from './types.js';

/** What the content of an answer in blocks comes to. */
export interface ReadContent {
  text: string;
  reasoning: string;
  details: ReasoningDetail[];
  calls: AnsweredToolCall[];
  annotations: Annotation[];
  citations: SourceCitation[];
  images: DrawnImage[];
  /** What the provider says of an answer that it stopped. */
  refusal: string;
  /** What has no place in an answer. */
  leftOut: Set<LeftOut>;
}

export function emptyContent(): ReadContent {
  return {
    text: '',
    reasoning: '',
    details: [],
    calls: [],
    annotations: [],
    citations: [],
    images: [],
    refusal: '',
    leftOut: new Set(),
  };
}

export interface OneChoice {
  readonly id: string;
  readonly model: string;
  readonly read: ReadContent;
  readonly usage: Usage | null;
  readonly finishReason: FinishReason;
  readonly nativeFinishReason: string;
}

/** The canonical answer of a provider that gives one choice, in blocks; a failure when there is nothing in it. */
export function oneChoiceAnswer(choice: OneChoice): ParsedAnswer {
  const { id, model, read, usage, finishReason, nativeFinishReason } = choice;
  const hasContent =
    read.text !== '' ||
    read.calls.length > 0 ||
    read.reasoning !== '' ||
    read.details.length > 0 ||
    read.images.length > 0;
  if (isEmptyAnswer({ hasContent, finishReason, usage })) return { kind: 'failed', failure: empty() };
  const message = {
    role: 'assistant' as const,
    content: read.text === '' && read.calls.length > 0 ? null : read.text,
    refusal: read.refusal === '' ? null : read.refusal,
    ...(read.calls.length > 0 ? { tool_calls: read.calls } : {}),
    ...(read.reasoning === '' ? {} : { reasoning_content: read.reasoning }),
    ...(read.details.length > 0 ? { reasoning_details: read.details } : {}),
    ...(read.annotations.length > 0 ? { annotations: read.annotations } : {}),
    ...(read.citations.length > 0 ? { citations: read.citations } : {}),
    ...(read.images.length > 0 ? { images: read.images } : {}),
  };
  return {
    kind: 'answer',
    answer: {
      id,
      object: 'chat.completion',
      created: 0,
      model,
      choices: [
        {
          index: 0,
          message,
          finish_reason: finishReason,
          native_finish_reason: nativeFinishReason,
          logprobs: null,
        },
      ],
    },
    usage,
    finishReason,
    nativeFinishReason,
    outputText:
      read.text + read.calls.map((call) => `${call.function?.name}${call.function?.arguments}`).join(''),
    reasoningText: read.reasoning,
    leftOut: [...read.leftOut],
    isExplained: read.refusal !== '',
  };
}
