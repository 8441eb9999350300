import type { ReasoningDetail } from './reasoning-detail.js';

/**
 * The canonical chat request: OpenAI's, as the client sent it, plus typed extensions (cache marks on parts, reasoning
 * blocks on assistant messages, OpenRouter's and our own fields). Fields that we do not know are kept.
 * Clients send null for "not set", so an optional field may be null.
 * https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatRequest {
  model?: string | null;
  /** OpenRouter: further models, in order. */
  models?: string[] | null;
  messages: ChatMessage[];
  stream?: boolean | null;
  stream_options?: StreamOptions | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  top_k?: number | null;
  n?: number | null;
  seed?: number | null;
  stop?: string | string[] | null;
  frequency_penalty?: number | null;
  presence_penalty?: number | null;
  logit_bias?: Record<string, number> | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  tools?: ChatTool[] | null;
  tool_choice?: ChatToolChoice | null;
  parallel_tool_calls?: boolean | null;
  /** Older form of `tools`. */
  functions?: FunctionDefinition[] | null;
  function_call?: 'none' | 'auto' | { name: string } | null;
  response_format?: ResponseFormat | null;
  reasoning_effort?: string | null;
  /** OpenRouter's unified form. */
  reasoning?: ReasoningOptions | null;
  include_reasoning?: boolean | null;
  modalities?: string[] | null;
  metadata?: Record<string, unknown> | null;
  user?: string | null;
  /** OpenRouter's routing wishes; read by `@trunkline/routing`. */
  provider?: ProviderPreferences | null;
  trunkline?: TrunklineOptions | null;
  [extra: string]: unknown;
}

export interface StreamOptions {
  include_usage?: boolean | null;
  [extra: string]: unknown;
}

/** https://openrouter.ai/docs/use-cases/reasoning-tokens */
export interface ReasoningOptions {
  effort?: string | null;
  max_tokens?: number | null;
  enabled?: boolean | null;
  /** True: think, but do not show it. */
  exclude?: boolean | null;
  [extra: string]: unknown;
}

/** https://openrouter.ai/docs/features/provider-routing */
export interface ProviderPreferences {
  order?: string[] | null;
  only?: string[] | null;
  ignore?: string[] | null;
  allow_fallbacks?: boolean | null;
  require_parameters?: boolean | null;
  sort?: string | Record<string, unknown> | null;
  max_price?: Record<string, string | number> | null;
  quantizations?: string[] | null;
  data_collection?: string | null;
  [extra: string]: unknown;
}

/** Our own extension. An unknown key in it is refused. All times in milliseconds. */
export interface TrunklineOptions {
  timeouts?: {
    connectMs?: number;
    headersMs?: number;
    firstTokenMs?: number;
    gapMs?: number;
    totalMs?: number;
  };
  /**
   * Whether another target goes on with a stream that breaks off (default: yes); with an object, also how much of its
   * beginning is held back, so that a target that breaks off early is replaced unseen, and whether a target of another
   * model of the plan may go on.
   */
  rescue?: boolean | { holdBackTokens?: number; holdBackMs?: number; otherModels?: boolean };
  /** Whether a second target is asked while the first is slow; with `afterMs`, when. */
  hedge?: boolean | { afterMs: number };
  /**
   * Outcomes that count as failed besides: an answer that breaks the JSON schema that was asked for. An empty one
   * counts whether it is named or not.
   */
  alsoOn?: ('empty' | 'invalid_output')[];
  cache?: boolean | string;
  keepAlive?: 'early' | 'commit';
}

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage;
export type ChatRole = ChatMessage['role'];

export interface SystemMessage {
  role: 'system' | 'developer';
  content: string | ContentPart[];
  name?: string | null;
  [extra: string]: unknown;
}

export interface UserMessage {
  role: 'user';
  content: string | ContentPart[];
  name?: string | null;
  [extra: string]: unknown;
}

export interface AssistantMessage {
  role: 'assistant';
  content?: string | ContentPart[] | null;
  refusal?: string | null;
  name?: string | null;
  tool_calls?: ToolCall[] | null;
  function_call?: { name: string; arguments: string } | null;
  reasoning?: string | null;
  reasoning_content?: string | null;
  reasoning_details?: ReasoningDetail[] | null;
  /** Pictures that a model drew in this turn, as answers tell them (OpenRouter's). */
  images?: DrawnImage[] | null;
  [extra: string]: unknown;
}

export interface ToolMessage {
  role: 'tool';
  content: string | ContentPart[];
  tool_call_id: string;
  /** The tool failed; told to providers that have a word for it. */
  is_error?: boolean | null;
  [extra: string]: unknown;
}

export interface FunctionMessage {
  role: 'function';
  name: string;
  content: string | null;
  [extra: string]: unknown;
}

/** A mark on a part, message or tool: cache the prompt up to here. Anthropic's form, also OpenRouter's. */
export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export type ContentPart = TextPart | ImagePart | AudioPart | VideoPart | FilePart | RefusalPart;

export interface TextPart {
  type: 'text';
  text: string;
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

export interface ImagePart {
  type: 'image_url';
  /** `data:` URL or one that the provider fetches. */
  image_url: { url: string; detail?: string | null; [extra: string]: unknown };
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

/** A picture that a model drew: a `data:` URL, or the address where its maker keeps it. */
export interface DrawnImage {
  type?: 'image_url';
  image_url: { url: string; [extra: string]: unknown };
  [extra: string]: unknown;
}

export interface AudioPart {
  type: 'input_audio';
  input_audio: { data: string; format: string; [extra: string]: unknown };
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

/** OpenRouter's. */
export interface VideoPart {
  type: 'video_url';
  video_url: { url: string; [extra: string]: unknown };
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

export interface FilePart {
  type: 'file';
  file: {
    file_id?: string | null;
    file_data?: string | null;
    filename?: string | null;
    [extra: string]: unknown;
  };
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

export interface RefusalPart {
  type: 'refusal';
  refusal: string;
  [extra: string]: unknown;
}

export type ToolCall = FunctionToolCall | CustomToolCall;

export interface FunctionToolCall {
  id: string;
  type?: 'function';
  function: { name: string; arguments: string; [extra: string]: unknown };
  [extra: string]: unknown;
}

export interface CustomToolCall {
  id: string;
  type: 'custom';
  custom: { name: string; input: string; [extra: string]: unknown };
  [extra: string]: unknown;
}

export interface FunctionDefinition {
  name: string;
  description?: string | null;
  /** JSON schema of the arguments; none means no arguments. */
  parameters?: Record<string, unknown> | null;
  strict?: boolean | null;
  [extra: string]: unknown;
}

/** Functions, custom tools, and built-in tools of a provider, told by `type`. */
export interface ChatTool {
  type: string;
  function?: FunctionDefinition;
  custom?: { name: string; [extra: string]: unknown };
  cache_control?: CacheControl | null;
  [extra: string]: unknown;
}

export type ChatToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type?: string; function?: { name: string }; [extra: string]: unknown };

export type ResponseFormat =
  | { type: 'text'; [extra: string]: unknown }
  | { type: 'json_object'; [extra: string]: unknown }
  | {
      type: 'json_schema';
      json_schema: {
        name?: string;
        description?: string | null;
        schema?: Record<string, unknown> | null;
        strict?: boolean | null;
        [extra: string]: unknown;
      };
      [extra: string]: unknown;
    };
