import type { FinishReason } from './finish-reason.js';
import type { ReasoningDetail } from './reasoning-detail.js';

/**
 * The canonical answer of a call that is not streamed: OpenAI's `chat.completion` with the extensions that clients of
 * OpenRouter read (`reasoning`, `reasoning_details`, `native_finish_reason`). It carries no usage: that is printed
 * from buckets by whoever answers the client.
 * https://platform.openai.com/docs/api-reference/chat/object
 */
export interface ChatAnswer {
  id: string;
  object: 'chat.completion';
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChatAnswerChoice[];
  [extra: string]: unknown;
}

export interface ChatAnswerChoice {
  index: number;
  message: ChatAnswerMessage;
  finish_reason: FinishReason;
  native_finish_reason?: string | null;
  [extra: string]: unknown;
}

export interface ChatAnswerMessage {
  role: 'assistant';
  content: string | null;
  refusal?: string | null;
  tool_calls?: AnsweredToolCall[];
  function_call?: { name: string; arguments: string };
  reasoning?: string | null;
  reasoning_content?: string | null;
  reasoning_details?: ReasoningDetail[];
  annotations?: Annotation[];
  [extra: string]: unknown;
}

export interface AnsweredToolCall {
  id: string;
  type: 'function' | 'custom';
  function?: { name: string; arguments: string };
  custom?: { name: string; input: string };
  [extra: string]: unknown;
}

/** A citation. Offsets are characters of the visible text. */
export interface Annotation {
  type: string;
  url_citation?: {
    url: string;
    title?: string | null;
    start_index?: number;
    end_index?: number;
    content?: string;
  };
  [extra: string]: unknown;
}
