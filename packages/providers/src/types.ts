import type {
  ChatAnswer,
  ChatEvent,
  ChatRequest,
  Endpoint,
  FinishReason,
  LeftOut,
  UpstreamFailure,
  Usage,
} from '@trunkline/contracts';
import type { GrantReader } from './access-tokens/token-grant.js';
import type { EndpointAdapters } from './endpoints/types.js';
import type { Framing } from './framing/framer.js';
import type { SseEvent } from './framing/sse-framer.js';
import type { ParameterRules } from './parameters/index.js';

/**
 * A provider: data plus pure functions. No I/O, no clock, no logger, no state outside one answer's reader or decoder.
 * Shared code asks an adapter for what it declares, never for its id.
 */
export interface ProviderAdapter {
  readonly id: string;
  readonly name: string;
  /** What the provider's own API speaks; a configured entry of this protocol can use the adapter at any base URL. */
  readonly protocol: Protocol;
  /** Without a trailing slash; endpoint paths are appended. Placeholders such as `{account_id}` are the operator's to fill. */
  readonly baseUrl: string;
  /** The address of the one whose parts were filled in, where some of them change more than their own place. */
  readonly addressOf?: (filled: string) => string;
  readonly docsUrl: string;
  readonly auth: AuthScheme;
  /** A missing endpoint means "not offered". */
  readonly chat?: ChatAdapter;
  /** Chat by way of other endpoints, for offers that have not the one of `chat`; see `chatFor`. */
  readonly chatVia?: ChatWays;
  /** Other ways for some models at the endpoint of `chat`, told by the provider's name for them; the first counts. */
  readonly chatOfModels?: readonly ChatOfModels[];
  /** The endpoints beside chat; a missing one means "not offered". */
  readonly endpoints?: EndpointAdapters;
}

export interface ChatOfModels {
  /** Of the way; its fixture is `<id>.<name>.json`. */
  readonly name: string;
  readonly models: RegExp;
  readonly chat: ChatAdapter;
}

/** By the endpoint that an offer must have. */
export type ChatWays = Readonly<Partial<Record<Endpoint, ChatAdapter>>>;

export const PROTOCOLS = [
  'openai',
  'openai-responses',
  'anthropic',
  'azure-openai',
  'gemini',
  'cohere',
  'bedrock',
  'vertex',
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** How the credential travels; see `authHeaders`. */
export type AuthScheme =
  | { readonly type: 'bearer' }
  | { readonly type: 'header'; readonly header: string }
  /** Amazon's: keys sign each request for a service, an API key goes as bearer; see `readAwsCredential`. */
  | { readonly type: 'aws'; readonly service: string }
  /** A token is fetched for the credential, kept and renewed; keys among the credentials are sent as they are. */
  | { readonly type: 'access-token'; readonly grantOf: GrantReader }
  /** Self-hosted servers: a credential is sent as bearer when there is one. */
  | { readonly type: 'optional-bearer' };

/** One chat call as it goes to one target. */
export interface ChatCall {
  /** As the client sent it. Never mutated. */
  readonly request: ChatRequest;
  /**
   * The client's own body and its protocol. An adapter of that protocol sends it on, with what must change changed;
   * any other, and an adapter that would lose something by it, builds from `request`.
   */
  readonly native?: NativeBody | null;
  /** The provider's name for the model. */
  readonly model: string;
  /** What the entry calls it, where that is something else: a deployment. */
  readonly deployment?: string | null;
  readonly stream: boolean;
  /** Replaces the client's own token limit (a budget allows less); null leaves it. */
  readonly outputTokenLimit: number | null;
  /** The entry's own, query included; left out where the adapter's is meant. */
  readonly baseUrl?: string;
  /** The offer's maximum, for providers that want a limit in every request; null when unknown. */
  readonly maxOutputTokens: number | null;
  /** The credential is the tenant's own: so are the objects kept there, and what is billed there. */
  readonly ownCredential?: boolean;
}

export interface NativeBody {
  readonly protocol: ChatAdapter['protocol'];
  /** Never mutated. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The dialect's own headers as the client sent them, lower-case names; an adapter passes on what it declares. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface UpstreamRequest {
  /** Appended to the base URL's path; with the query, if there is one. */
  readonly path: string;
  /** An end of the base URL's path that is taken away first, for routes that stand beside it. */
  readonly besides?: string;
  /** Lower-case names, without the credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  /** Parameters of the client that this target cannot take and that were left out or weakened. */
  readonly dropped: readonly string[];
}

/** `refused`: this target cannot express the call, and leaving the part out would change its meaning. */
export type BuildResult =
  | { readonly kind: 'built'; readonly request: UpstreamRequest }
  | { readonly kind: 'refused'; readonly failure: UpstreamFailure };

export interface FailedResponse {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Decoded text, at most what the gateway was willing to read. */
  readonly body: string;
  /** Unix milliseconds at which the answer came; turns a `retry-after` date into a delay. */
  readonly receivedMs: number;
}

export type ParsedAnswer =
  | {
      readonly kind: 'answer';
      readonly answer: ChatAnswer;
      /** Null when the provider reported none. */
      readonly usage: Usage | null;
      readonly finishReason: FinishReason;
      readonly nativeFinishReason: string | null;
      /** Everything the model wrote, for counting where no usage came. */
      readonly outputText: string;
      readonly reasoningText: string;
      /** What of it has no place in the canonical form. */
      readonly leftOut?: readonly LeftOut[];
      /** `refusal` is what the provider says of an answer that it stopped, and not in the model's words. */
      readonly isExplained?: boolean;
    }
  /** An error inside a 200, malformed JSON, or an answer with nothing in it (`empty`). */
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

export interface ChatAdapter {
  /** A door that speaks the same protocol may pass frames byte for byte, with `passthroughReader`. */
  readonly protocol:
    | 'openai-chat'
    | 'openai-responses'
    | 'anthropic-messages'
    | 'gemini-generate'
    | 'cohere-chat'
    | 'bedrock-converse';
  /** False where answers do not say the model; see `namingModel`. */
  readonly namesModel?: false;
  /** What it takes as the name of a tool, where that is not what OpenAI takes; see `fittingToolNames`. */
  readonly toolNames?: RegExp;
  /** How its streams are cut into events; server-sent events where it is left out. */
  readonly framing?: Framing;
  /** What becomes of each parameter by its name, for a model that asks for nothing special. */
  parameters(model: string): ParameterRules;
  /** Parameters of this request that the target would not get: what `provider.require_parameters` filters by. */
  unsupported(request: ChatRequest, model: string): readonly string[];
  buildRequest(call: ChatCall): BuildResult;
  /** @param names see `namingModel` */
  parseAnswer(body: string, names?: CallNames): ParsedAnswer;
  classifyFailure(response: FailedResponse): UpstreamFailure;
  /** A decoder for one stream into the canonical form. Never shared. */
  decoder(options: StreamOptions): ChatDecoder;
  /** Present where the provider counts the tokens of a prompt, free of charge. */
  readonly tokenCounting?: TokenCounting;
  /** Present where the provider speaks OpenAI chat: reads beside the forwarding. Never shared. */
  passthroughReader?(options: StreamOptions): PassthroughReader;
}

/** Asks a provider how many tokens a prompt has. */
export interface TokenCounting {
  /** @param built what `buildRequest` made of the call, which is no stream */
  requestFor(built: UpstreamRequest, call: ChatCall): UpstreamRequest;
  /** Null where the answer does not say. */
  read(body: string): number | null;
}

/** What an answer is called where it does not say so itself. */
export interface CallNames {
  readonly id: string;
  /** As the provider was asked for it. */
  readonly model: string;
}

export interface StreamOptions {
  /** See `namingModel`. */
  readonly names?: CallNames;
  /** How many choices were asked for (`n`); the stream has ended well when all have finished. */
  readonly choices: number;
  /** Ids of the calls that the conversation has had: those of the answer are to be others. Read beside a forwarding alone. */
  readonly knownCallIds?: ReadonlySet<string>;
}

/** What is known of a streamed answer so far; reader and decoder keep it while they are fed. */
export interface AnswerProgress {
  readonly id: string | null;
  readonly model: string | null;
  readonly createdSeconds: number | null;
  /** Something came that a client may see: text, reasoning, tool call, refusal, audio. The commit point. */
  readonly hasContent: boolean;
  /** Ended well: only usage, `[DONE]` and the close are still waited for. */
  readonly finished: boolean;
  /** The provider's terminal frame came; nothing will follow. */
  readonly terminated: boolean;
  /** Of the first choice that finished. */
  readonly finishReason: FinishReason | null;
  readonly nativeFinishReason: string | null;
  /** The last usage that came, whole. */
  readonly usage: Usage | null;
  /** Visible text, refusals and tool arguments of all choices, for counting where no usage came. */
  readonly outputText: string;
  readonly reasoningText: string;
  /** Set once; nothing is read after it. */
  readonly failure: UpstreamFailure | null;
  /**
   * The bytes have ended. Null when the answer is whole, else why it is not: the failure that came inside the stream,
   * `truncated`, or `empty`.
   */
  end(): UpstreamFailure | null;
}

/** Translates one stream into canonical events. */
export interface ChatDecoder extends AnswerProgress {
  /** @returns what the frame says, in order; often nothing. A bad frame gives one `error` event, never an exception. */
  push(frame: SseEvent): readonly ChatEvent[];
}

/** What of an answer reached the client, as far as another model could go on from it. */
export interface SentAnswer {
  /** Visible text of the first choice. */
  readonly text: string;
  /** Something that no other model can go on from: a tool call, a refusal, media, logprobs, a further choice. */
  readonly isBeyondText: boolean;
  /** Blocks of reasoning, as their `index` counts them: those of whoever goes on come behind. */
  readonly reasoningBlocks: number;
}

/** Reads one stream of OpenAI chunks whose frames are forwarded as they are. */
export interface PassthroughReader extends AnswerProgress {
  readonly sent: SentAnswer;
  read(frame: SseEvent): PassthroughFrame;
}

/** What to do with one frame of a passthrough stream. */
export type PassthroughFrame =
  /** Pass the bytes on. `hasContent`: this frame has something that a client may see. */
  | { readonly kind: 'forward'; readonly hasContent: boolean }
  /**
   * The frame cannot pass as it is: print `chunk` in its place (when `hasFinish`, with usage and additions, once they
   * are known). `chunk` has no usage and no provider's cost in it, and is the caller's to change.
   */
  | {
      readonly kind: 'print';
      readonly hasContent: boolean;
      readonly hasFinish: boolean;
      readonly chunk: ChatChunk;
    }
  /** Nothing of it goes to the client: comment, usage alone, provider's bookkeeping. */
  | { readonly kind: 'swallow' }
  /** `[DONE]`: to be written by the gateway when the end is known to be good. */
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

/** An OpenAI `chat.completion.chunk`, read loosely. */
export interface ChatChunk {
  id?: string;
  object?: string;
  created?: number;
  model?: string;
  choices: ChatChunkChoice[];
  [extra: string]: unknown;
}

export interface ChatChunkChoice {
  index: number;
  delta: Record<string, unknown>;
  finish_reason: string | null;
  [extra: string]: unknown;
}
