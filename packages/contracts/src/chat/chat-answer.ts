import type { DrawnImage } from './chat-request.js';
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
  /** What of the answer was found in the client's own documents and results, for which `annotations` have no word. */
  citations?: SourceCitation[];
  /** Pictures that the model drew, as OpenRouter tells them. */
  images?: DrawnImage[];
  [extra: string]: unknown;
}

export interface AnsweredToolCall {
  id: string;
  type: 'function' | 'custom';
  function?: { name: string; arguments: string };
  custom?: { name: string; input: string };
  [extra: string]: unknown;
}

/** A citation of a web page. Offsets are characters of the visible text. */
export interface Annotation {
  type: string;
  url_citation?: {
    url: string;
    title: string;
    start_index: number;
    end_index: number;
    content?: string;
  };
  [extra: string]: unknown;
}

/**
 * A citation of something that the client gave, or that is kept at the provider: a document, what a tool answered, a
 * file. OpenAI's chat has no such annotation, and clients that know OpenAI alone refuse others, so it stands apart.
 */
export interface SourceCitation {
  type: 'source_citation';
  /** What the source is called: a document's or file's id, the id of a tool's call, an address. */
  source_id: string | null;
  title: string | null;
  /** The words of the source that are meant; '' where they are not told. */
  cited_text: string;
  /** Position of the source among those of its kind, from 0. */
  source_index: number | null;
  /** Where in the source, in these units; null where the whole of it is meant. Pages count from 1. */
  location: { unit: 'character' | 'page' | 'block'; start: number; end: number } | null;
  /** A file that is kept at the provider. */
  file_id?: string;
  /** Which part of the answer it is about, in characters of the visible text. */
  start_index?: number;
  end_index?: number;
}
