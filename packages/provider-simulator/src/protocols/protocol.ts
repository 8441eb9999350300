import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Answer, AnswerPiece, OutputTokens } from '../content/answer.js';
import type { Prompt } from '../content/prompt.js';
import type { Endpoint } from '../endpoints/endpoint.js';
import type { CacheUse, PromptCache } from '../counting/prompt-cache.js';
import type { FrameData } from '../http/frame-bytes.js';
import type { ModelOffer } from '../providers/offers.js';
import type { ProviderProfile } from '../providers/profiles.js';
import type { ReadTokenForm } from '../tokens/serve-token.js';
import type { NativeProblem, NativeRefusal } from './native-problem.js';

/** Usage as the call log keeps it, whatever the protocol calls it. */
export interface ReportedUsage {
  /** The whole prompt, what was read from or written to a cache included. */
  readonly promptTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** All that the model wrote, reasoning included. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

export interface ReplyInput {
  readonly providerId: string;
  readonly profile: ProviderProfile;
  readonly prompt: Prompt;
  readonly promptTokens: number;
  readonly cacheUse: CacheUse;
  readonly answers: readonly Answer[];
  readonly output: OutputTokens;
}

/** Where in a stream a frame stands; faults look at this and not at the protocol. */
export type FramePhase =
  | 'open'
  | 'reasoning'
  | 'text'
  | 'tool'
  | 'arguments'
  | 'aside'
  | 'finish'
  | 'terminal';

/** Bytes of a stream that belong together; hidden reasoning has none and still takes its time. */
export interface Frame {
  readonly data: FrameData;
  readonly phase: FramePhase;
  readonly tokens: number;
}

/** Writes one answer in a protocol's shape. It keeps the state of that one stream. */
export interface ReplyWriter {
  plain(): string;
  open(): Frame[];
  piece(choice: number, piece: AnswerPiece): Frame[];
  /** All behind the content: finish reason, usage, terminal event. */
  close(): Frame[];
  /** The provider's own error inside a stream. */
  error(problem: NativeProblem): FrameData;
}

/** What a request asks for: mostly said in its body, by some protocols in the URL. */
export interface Target {
  readonly model: string;
  readonly stream: boolean;
}

/** Something a provider's URL can be asked for; `target` where the URL says it. */
export type Operation =
  | {
      readonly kind: 'generate';
      readonly endpoint: string;
      readonly target?: Partial<Target>;
      /** What the same address is for a body that asks for something else. */
      readonly unless?: (body: unknown) => Operation | undefined;
    }
  | {
      readonly kind: 'count_tokens';
      readonly endpoint: string;
      readonly target?: Partial<Target>;
      /** The request that is counted, where the body is not one itself. @throws RefusedRequest */
      readonly counted?: (body: unknown) => unknown;
      /** Models are counted by other names than they are offered under. */
      readonly anyName?: true;
    }
  /** An endpoint beside chat. */
  | {
      readonly kind: 'endpoint';
      readonly endpoint: string;
      readonly answer: Endpoint;
      readonly target?: Partial<Target>;
    }
  | { readonly kind: 'models' };

/** A native protocol: one folder each, and one line in the registry. */
export interface Protocol {
  readonly id: string;
  /** Others at the same address; the first that knows a path answers for it. */
  readonly siblings?: readonly Protocol[];
  /** Where access tokens are fetched, and how the endpoint reads what it is asked. */
  readonly tokens?: { readonly path: RegExp; readonly read: ReadTokenForm };
  /** Whether a request must say how long its answer may be. */
  readonly requiresLimit: boolean;
  operation(method: string, path: string, query: URLSearchParams): Operation | undefined;
  readKey(headers: IncomingHttpHeaders): string | undefined;
  /** Refuses what must be in the headers of a request. */
  checkHeaders(headers: IncomingHttpHeaders): NativeProblem | undefined;
  /** Refuses a request whose signature does not fit; for those that sign. */
  checkSignature?(request: IncomingMessage, body: Buffer, key: string): NativeProblem | undefined;
  /** @throws RefusedRequest */
  parse(body: unknown, offer: ModelOffer, profile: ProviderProfile, target: Target): Prompt;
  useCache(cache: PromptCache, scope: string, prompt: Prompt, now: number): CacheUse;
  writer(input: ReplyInput): ReplyWriter;
  /** Headers of every answer, beside its content type. */
  headers(providerId: string): Readonly<Record<string, string>>;
  refusal(problem: NativeProblem, profile: ProviderProfile): NativeRefusal;
  models(names: readonly string[], providerId: string): string;
  tokenCount(promptTokens: number): string;
  keepAlive(profile: ProviderProfile): FrameData;
  /** Of a stream; that of server-sent events where it is left out. */
  readonly streamType?: string;
}
