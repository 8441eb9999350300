import type { ChatEvent, ChatRequest, Endpoint, StoredResponse, Usage } from '@trunkline/contracts';
import type { AppError } from '@trunkline/errors';
import type { AnswerProgress, ChatAdapter, ParsedAnswer, SseEvent } from '@trunkline/providers';
import type { UsageObject } from '../billing/usage-object.js';
import type { RequestContext } from '../pipeline/request-context.js';
import type { AnswerAdditions } from '../streaming/answer-additions.js';
import type { FrameSource } from '../streaming/stream-piece.js';

export type ChatProtocol = ChatAdapter['protocol'];

/** A plain answer in the canonical form. */
export type WholeAnswer = Extract<ParsedAnswer, { kind: 'answer' }> & {
  /** The body as the upstream gave it, where it speaks the door's protocol; else null. */
  readonly native: string | null;
};

/** A dialect in which clients chat: it reads requests into the canonical form and prints answers from it. */
export interface ChatDoor {
  readonly endpoint: Extract<Endpoint, 'chat' | 'responses' | 'messages' | 'completions'>;
  /** Reads one body. @throws AppError 400 that names the field at fault, in the dialect's own words */
  read(json: unknown, context: RequestContext): ClientCall;
}

/** One chat call as its door has read it. The pipeline knows the canonical request; how to answer is the door's. */
export interface ClientCall {
  readonly endpoint: ChatDoor['endpoint'];
  /** Upstreams of this protocol may get the request, and give the answer, as they are. */
  readonly protocol: ChatProtocol;
  /** Set where nobody waits for the answer: what its client is told at once, and how it wants to hear of the rest. */
  readonly background?: BackgroundWish | null;
  /** The canonical form. Routing wishes (`models`, `provider`, `trunkline`) stand in it whatever the door. */
  readonly request: ChatRequest;
  /** The body as the client wrote it, for upstreams of `protocol`; null where the canonical form is that body. */
  readonly native: Readonly<Record<string, unknown>> | null;
  /** Headers of the dialect beside it, lower-case names: adapters of `protocol` pass on what they declare. */
  readonly nativeHeaders?: Readonly<Record<string, string>>;
  /**
   * The first part of the request that upstreams of `protocol` alone can take and without which it would mean something
   * else, as the client names it: no other upstream is asked.
   */
  readonly nativeOnly?: string | null;
  /** Others can take the request too, less of it: they are asked where none of `protocol` can answer. */
  readonly nativeFirst?: boolean;
  /** Parts that an upstream of another protocol does not get, as the client names them. */
  uncarried?(): readonly string[];
  /** A field of the canonical request as the client names it. */
  fieldOf?(param: string): string;
  /** The same of what stands in messages and tools, to the very member. */
  memberOf?(path: string): string;
  /** Nothing of it is the client's before its first use: each attempt has one of its own. */
  newPrinter(): StreamPrinter;
  /** How one attempt's frames become the client's: as they are, or by way of canonical events. */
  newSource(adapter: ChatAdapter): FrameSource;
  /** What of a plain answer the dialect has no place for, by the names that clients are told. */
  lostIn(answer: WholeAnswer): readonly string[];
  /** The body of a plain answer, JSON. */
  printWhole(answer: WholeAnswer, facts: AnswerFacts): string;
  /** What the body log keeps of a stream, put together from what went out; a value to print as JSON. */
  assemble(sent: string, facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>): unknown;
}

/** A call that goes on without its client. */
export interface BackgroundWish {
  /** The client follows the events as they come. */
  readonly isFollowed: boolean;
  /** What the model is given, and the response before there is any of it. */
  readonly begun: StoredResponse;
}

/** What an answer is called. */
export interface AnswerNames {
  /** The provider's id of the answer; ours where it gave none. */
  readonly id: string;
  readonly requestId: string;
  /** Unix seconds. */
  readonly createdSeconds: number;
  /** The model as the provider names it. */
  readonly model: string;
}

/** What is known of an answer when its last bytes are printed. */
export interface AnswerFacts extends AnswerNames {
  readonly finishReason: string | null;
  readonly usage: Usage;
  /** The same with cost, in OpenAI's shape. */
  readonly usageObject: UsageObject;
  readonly additions: AnswerAdditions;
}

/**
 * Prints one call's stream. It belongs to an attempt until that attempt is committed, and to the call from then on: a
 * rescue goes on with the same printer, so that ids, indexes and sequence numbers run on.
 */
export interface StreamPrinter {
  /** What the dialect had no place for so far, by the names that clients are told. */
  readonly lost: readonly string[];
  /** The frames that say an event, blank lines included; '' where the dialect has none or keeps it for the end. */
  print(event: ChatEvent): string;
  /**
   * A frame of an upstream that speaks this very dialect.
   * @param events what the decoder read from it
   * @returns null to forward its bytes, or what stands in its place ('' for nothing)
   */
  follow(frame: SseEvent, events: readonly ChatEvent[]): string | null;
  /**
   * The answer broke off, and another target goes on with it by `print`. Id, model, time, indexes and numbers run on; an
   * open reasoning block is closed without a signature, an open text goes on.
   */
  resume(broken: AnswerProgress): string;
  /** Said after a long silence, so that nothing between us closes the connection. */
  keepAlive(): string;
  /** The last frames of an answer that ended well, with usage, cost and additions. */
  close(facts: AnswerFacts): string;
  /** The last frames of an answer that broke off: the dialect's own error. Never a clean end. */
  fail(error: AppError, names: AnswerNames): string;
}
