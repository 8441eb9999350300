import type { FailureOutcome } from '../outcomes.js';
import type { Usage } from '../usage-buckets.js';
import type { Annotation, SourceCitation } from './chat-answer.js';
import type { FinishReason } from './finish-reason.js';

/** Why an upstream did not answer. `message` has no secrets in it and is at most 2,000 characters long. */
export interface UpstreamFailure {
  outcome: FailureOutcome;
  /** Null when it came inside a stream or there was no answer. */
  statusCode: number | null;
  /** The delay that the provider named. */
  retryAfterMs: number | null;
  /** The provider's own code or type. */
  providerCode: string | null;
  /** What the provider said; may be shown to the client only where the request itself is at fault. */
  message: string;
  /** The field that the provider blames. */
  param: string | null;
}

/** What providers send beside the answer itself and no dialect but their own can carry. */
export type LeftOut = 'audio' | 'citations' | 'compaction' | 'container' | 'server_tools' | 'thought_images';

/**
 * The canonical stream: what any provider's chat stream says, one thing each. A closed union, so that every door must
 * say what becomes of every kind. `choice` is OpenAI's index of the choice; `index` counts blocks or calls within it.
 * Order: `start` first; `tool_call_start` before its arguments; `finish` once per choice, and again only where a later end
 * is another one, which then counts; `usage` any time after `start`, the last one is whole (never a difference); nothing
 * after `error`.
 */
export type ChatEvent =
  | { type: 'start'; id: string; model: string; createdSeconds: number | null }
  | { type: 'text'; choice: number; text: string }
  | { type: 'reasoning'; choice: number; index: number; text: string; format: string | null }
  | { type: 'reasoning_signature'; choice: number; index: number; signature: string; format: string }
  | {
      type: 'reasoning_encrypted';
      choice: number;
      index: number;
      data: string;
      format: string;
      id: string | null;
    }
  /** In the model's words, or what its provider says of an answer that it stopped (`isExplanation`), right before the finish. */
  | { type: 'refusal'; choice: number; text: string; isExplanation?: true }
  | {
      type: 'tool_call_start';
      choice: number;
      index: number;
      id: string;
      name: string;
      kind: 'function' | 'custom';
      /** What its maker keeps on a call of chat, for clients that send calls back as they came. */
      extraContent?: Record<string, unknown>;
    }
  | { type: 'tool_call_arguments'; choice: number; index: number; text: string }
  | { type: 'annotation'; choice: number; annotation: Annotation }
  /** A citation of what is no web page. */
  | { type: 'citation'; choice: number; citation: SourceCitation }
  | { type: 'audio'; choice: number; audio: Record<string, unknown> }
  /** A picture that the model drew, whole: a `data:` URL, or the address where the provider keeps it. */
  | { type: 'image'; choice: number; url: string }
  /**
   * A tool that the provider runs itself is at work or has answered. Only a door of its own dialect can show more, but for
   * one whose product is told by an event of its own (`isTold`).
   */
  | { type: 'server_tool'; choice: number; name: string; isTold?: true }
  /** What has no place in this form, by the name that clients are told it was left out by. */
  | { type: 'left_out'; choice: number; what: LeftOut }
  | { type: 'logprobs'; choice: number; logprobs: unknown }
  | { type: 'finish'; choice: number; reason: FinishReason; native: string | null }
  | { type: 'usage'; usage: Usage }
  | { type: 'error'; failure: UpstreamFailure };

/**
 * True for what a client may see as content: the event at which an answer is committed. Starts, usage, signatures and
 * empty deltas are held.
 */
export function isContent(event: ChatEvent): boolean {
  switch (event.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return event.text !== '';
    case 'tool_call_start':
    case 'tool_call_arguments':
    case 'reasoning_encrypted':
    case 'annotation':
    case 'citation':
    case 'audio':
    case 'image':
    case 'server_tool':
      return true;
    case 'start':
    case 'reasoning_signature':
    case 'left_out':
    case 'logprobs':
    case 'finish':
    case 'usage':
    case 'error':
      return false;
  }
}
