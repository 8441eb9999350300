import type {
  AudioRequest,
  CompletionsRequest,
  EmbeddingsRequest,
  ImagesRequest,
  ModerationsRequest,
  RerankRequest,
  SpeechRequest,
  UploadedFile,
  UpstreamFailure,
  Usage,
} from '@trunkline/contracts';
import type { FailedResponse } from '../types.js';

/** The endpoints beside chat. Each is asked and answers in a form of its own; all are sent by the same engine. */
export interface EndpointAdapters {
  /** OpenAI's older form; where there is none, a completion is sent as a chat. */
  readonly completions?: EndpointAdapter<CompletionsRequest, Completion>;
  readonly embeddings?: EndpointAdapter<EmbeddingsRequest, Embeddings>;
  readonly rerank?: EndpointAdapter<RerankRequest, Ranking>;
  readonly moderations?: EndpointAdapter<ModerationsRequest, Moderations>;
  readonly images?: EndpointAdapter<ImagesRequest, Images>;
  readonly speech?: EndpointAdapter<SpeechRequest, never>;
  readonly transcriptions?: EndpointAdapter<AudioRequest, Transcript>;
}

/** One endpoint of one provider: pure functions, as of chat. */
export interface EndpointAdapter<Request, Answer> {
  /** Parameters of this request that the target would not get: what `provider.require_parameters` filters by. */
  unsupported(request: Request, model: string): readonly string[];
  /** What to send: several requests where the provider takes less at once than was asked for. */
  buildRequests(call: EndpointCall<Request>): EndpointBuild;
  /** @param bodies the answers, in the order of the requests */
  parseAnswers(bodies: readonly string[], call: EndpointCall<Request>): EndpointAnswer<Answer>;
  /** What one of several requests used, as its answer says; for attempts of which another request failed. */
  usageIn?(body: string): Usage | null;
  /** A reader for an answer that comes in pieces; null where this call's comes whole. */
  readerFor?(call: EndpointCall<Request>): AnswerReader | null;
  classifyFailure(response: FailedResponse): UpstreamFailure;
}

export interface EndpointCall<Request> {
  /** As the client sent it. Never mutated. */
  readonly request: Request;
  /** The provider's name for the model. */
  readonly model: string;
  /** What the entry calls it, where that is something else. */
  readonly deployment?: string | null;
  /** The entry's own, query included; left out where the adapter's is meant. */
  readonly baseUrl?: string;
}

export interface EndpointRequest {
  /** Appended to the base URL's path; with the query, if there is one. */
  readonly path: string;
  /** An end of the base URL's path that is taken away first, for routes that stand beside it. */
  readonly besides?: string;
  /** Lower-case names, without the credential, content type and length. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the fields of a form. */
  readonly body: string | readonly FormField[];
}

export type FormField =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly file: UploadedFile };

export type EndpointBuild =
  | {
      readonly kind: 'built';
      readonly requests: readonly EndpointRequest[];
      /** Parameters of the client that this target cannot take and that were left out or weakened. */
      readonly dropped: readonly string[];
    }
  /** This target cannot express the call. */
  | { readonly kind: 'refused'; readonly failure: UpstreamFailure };

export type EndpointAnswer<Answer> =
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      /** The provider's id of the answer. */
      readonly id: string | null;
      /** Null when the provider reported none. */
      readonly usage: Usage | null;
    }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

/** Reads one answer that comes in pieces. Never shared. */
export interface AnswerReader {
  /** Content types that cannot be such an answer: an error inside a 200, a web page. */
  readonly refuses: RegExp;
  /** Who reads an answer that came in another form than was asked for; null where this reader does. */
  instead?(contentType: string): AnswerReader | null;
  /** @returns what these bytes say, in order; often nothing */
  push(bytes: Buffer): readonly AnswerPiece[];
  /** The bytes have ended: what is left, and why the answer is not whole, or null. */
  end(): { readonly pieces: readonly AnswerPiece[]; readonly failure: UpstreamFailure | null };
  /** Set once; nothing is read after it. */
  readonly failure: UpstreamFailure | null;
  /** The last usage that came; null when none did. */
  readonly usage: Usage | null;
  /** The last piece has come. */
  readonly isWhole: boolean;
}

export type AnswerPiece =
  /** Sound, in the format asked for. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** An event of OpenAI's; `isLast` for the one that ends the stream, and its usage is taken out. */
  | { readonly kind: 'event'; readonly event: Readonly<Record<string, unknown>>; readonly isLast: boolean };

export interface Completion {
  /** As the provider said them. */
  readonly choices: readonly Readonly<Record<string, unknown>>[];
}

export interface Embeddings {
  /** One for each input, in order: numbers, or base64 of little-endian 32-bit floats. */
  readonly vectors: readonly (readonly number[] | string)[];
}

export interface Ranking {
  /** Best first; each document at most once. */
  readonly results: readonly { readonly index: number; readonly score: number }[];
}

export interface Moderations {
  /** As the provider said them, one for each input. */
  readonly results: readonly unknown[];
}

export interface Images {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** What the provider says of all of them: background, output_format, quality, size. */
  readonly about: Readonly<Record<string, unknown>>;
}

export interface Transcript {
  readonly text: string;
  readonly language: string | null;
  readonly seconds: number | null;
  readonly segments: readonly TranscriptSegment[] | null;
  /** All that the provider said, without usage. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface TranscriptSegment {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}
