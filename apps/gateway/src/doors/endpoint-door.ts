import type { AttemptSplice, ChatRequest, Usage } from '@trunkline/contracts';
import type { AppError } from '@trunkline/errors';
import type { AnswerPiece, EndpointAdapter, EndpointAdapters } from '@trunkline/providers';
import type { CallCosts } from '../billing/usage-object.js';
import type { FormBody } from '../http/forms/form-body.js';
import type { RequestContext } from '../pipeline/request-context.js';
import type { AnswerAdditions } from '../streaming/answer-additions.js';

export type EndpointName = keyof EndpointAdapters;

/** A call of an endpoint beside chat, as its client wrote it. */
export type ClientBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly form: FormBody };

/** An endpoint beside chat: it reads requests, and prints answers of any provider in OpenAI's form. */
export interface EndpointDoor<Request, Answer> {
  /** @throws AppError 400 that names the field at fault */
  read(body: ClientBody, context: RequestContext): EndpointClientCall<Request, Answer>;
}

/** Where a call may go and how long it may take: the same fields whatever the endpoint. */
export type RoutingWishes = Pick<
  ChatRequest,
  'model' | 'models' | 'provider' | 'trunkline' | 'user' | 'metadata'
>;

/** One call as its door has read it. The pipeline knows what it needs; what it means is the door's. */
export interface EndpointClientCall<Request, Answer> {
  readonly endpoint: EndpointName;
  /** Which of a provider's endpoints it is for. */
  readonly adapterIn: (endpoints: EndpointAdapters) => EndpointAdapter<Request, Answer> | undefined;
  readonly request: Request;
  readonly wishes: RoutingWishes;
  readonly stream: boolean;
  /** Where the request's files are; null without. */
  readonly form: FormBody | null;
  /** What it is expected to use, in every measure that a price may have: what the lease is taken on. */
  readonly expected: Usage;
  /** Estimate of the longest input, which has to fit a model's context. */
  readonly longestInputTokens: number;
  readonly needsImages: boolean;
  /** What providers give to everybody for nothing is taken without asking for `:free`. */
  readonly takesFree: boolean;
  /** Answers take as long as those of models that reason. */
  readonly isSlow: boolean;
  /**
   * What was used where the provider does not say, by our own count, in every measure that a price may have.
   * @param answer null where it came in pieces or broke off
   */
  count(answer: Answer | null): Usage | Promise<Usage>;
  printWhole(answer: Answer, facts: EndpointFacts): PrintedAnswer;
  /** For an answer that comes in pieces. */
  newPrinter(): PiecePrinter;
  /** For one whose pieces are text: it is counted as far as it went, and another target can go on with it. */
  newKeeper?(): PieceKeeper<Request, Answer>;
  /** What the body log keeps of a whole answer; null for what has no text. */
  kept(answer: Answer): unknown;
}

/** Keeps what of an answer in pieces goes to its client, over all the streams that it comes from. */
export interface PieceKeeper<Request, Answer> {
  note(piece: AnswerPiece): void;
  /** All of it. */
  readonly whole: Answer;
  /** What was noted since this was asked last. */
  takePart(): Answer;
  /** How another target is asked to go on with it; null where nobody can. */
  continuation(): PieceContinuation<Request> | null;
}

export interface PieceContinuation<Request> {
  readonly request: Request;
  readonly splice: AttemptSplice;
  /** What of the next target's piece the client gets; null for nothing. */
  joined(piece: AnswerPiece): AnswerPiece | null;
  /** Characters of text that were said again. */
  readonly skippedCharacters: number;
}

export interface PrintedAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** What is known of an answer when its last bytes are printed. */
export interface EndpointFacts {
  /** The provider's id of the answer; ours where it gave none. */
  readonly id: string;
  /** Unix seconds. */
  readonly createdSeconds: number;
  /** The model as the provider names it. */
  readonly model: string;
  readonly usage: Usage;
  readonly costs: CallCosts;
  readonly additions: AnswerAdditions;
}

/** Prints one answer that comes in pieces. */
export interface PiecePrinter {
  readonly contentType: string;
  /** What a piece says to this client; null for nothing yet. */
  print(piece: AnswerPiece): Buffer | string | null;
  /** The last bytes of an answer that ended well. */
  close(facts: EndpointFacts): string;
  /** The last bytes of one that broke off; null where the connection has to be broken to say so. */
  fail(error: AppError): string | null;
}
