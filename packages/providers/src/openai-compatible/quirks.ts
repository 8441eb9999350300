import type { ChatRequest } from '@trunkline/contracts';
import type { CodeTable } from '../failure/index.js';
import type { SchemaDialect } from '../schema/index.js';
import type { WebSearchQuirk } from './web-search.js';

/**
 * How a provider differs from OpenAI's chat format. All are deny-lists or renames: a parameter that is named nowhere
 * goes through.
 */
export interface Quirks {
  /** Parameters that it does not take. Left out, and told to the client. */
  readonly drop?: readonly string[];
  /** Parameters that it calls otherwise. */
  readonly rename?: Readonly<Record<string, string>>;
  /** The field for the token limit, whichever of the two the client sent. `as-sent` where it takes both. */
  readonly tokenLimitField?: 'max_tokens' | 'max_completion_tokens' | 'as-sent';
  /** Higher temperatures are lowered to it. */
  readonly maxTemperature?: number;
  /** More stop sequences are an error: the first ones stay. */
  readonly mostStops?: number;
  /** One choice only: `n` of 1 is left out, more is refused. */
  readonly singleChoice?: boolean;
  /** False where `stream_options` is an error; usage then comes unasked or not at all. */
  readonly streamOptions?: boolean;
  readonly toolChoice?: ToolChoiceQuirks;
  /** It knows functions alone: a custom tool becomes a function of one text. */
  readonly customTools?: 'as-functions';
  /** False where `strict` in a function is an error or does nothing. */
  readonly strictTools?: boolean;
  readonly schemas?: SchemaQuirks;
  /** `json_object` where it has no JSON schema output: the schema goes into the prompt instead. */
  readonly jsonSchema?: 'json_object';
  /**
   * How it is asked to search the web. `as-sent`: in OpenAI's own words. `none`: it refuses to be. Left out: it has not
   * OpenAI's words, and what tools it has of its own is not known.
   */
  readonly webSearch?: 'as-sent' | 'none' | WebSearchQuirk;
  readonly messages?: MessageQuirks;
  readonly reasoning?: ReasoningQuirks;
  readonly usage?: UsageQuirks;
  /** Codes of its own, beside those in common use. */
  readonly errorCodes?: CodeTable;
  /** Fields of an answer that must not reach a client, beside the usual ones. */
  readonly stripFromAnswer?: readonly string[];
  /** Fields that it needs and that the client may set otherwise. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Other quirks for some of its models; the first match is laid over the rest, member by member. */
  readonly models?: readonly ModelQuirks[];
}

export interface ModelQuirks {
  /** On the provider's name for the model. */
  readonly match: RegExp;
  /** Where it depends on the request too. */
  readonly when?: (request: ChatRequest) => boolean;
  readonly quirks: Omit<Quirks, 'models'>;
}

export interface ToolChoiceQuirks {
  /** What `required` becomes; weakening it is told to the client. */
  readonly required?: 'any' | 'auto';
  /** What a named function becomes. */
  readonly named?: 'auto';
  /** `none` is an error or does not work: no tools are sent. */
  readonly none?: 'without-tools';
  /** It knows no `tool_choice`. */
  readonly unsupported?: true;
  /** It knows no `allowed_tools`. */
  readonly allowedTools?: false;
}

/** What it takes of JSON Schema, by where the schema stands. Left out: anything. */
export interface SchemaQuirks {
  /** Of functions and answers with `strict`. What cannot be said so is asked for without it, and told to the client. */
  readonly strict?: SchemaDialect;
  /** Of other functions. */
  readonly tools?: SchemaDialect;
  /** Of other answers. */
  readonly output?: SchemaDialect;
  /** Arguments are an object as a whole: anything else at the top of a schema is an error. */
  readonly wholeObjects?: true;
}

export interface MessageQuirks {
  /** It knows `developer` messages. Elsewhere they become `system`. */
  readonly developerRole?: boolean;
  /** `name` in a message is an error. */
  readonly name?: false;
  /** `detail` of an image is an error. */
  readonly imageDetail?: false;
  /**
   * It takes back what its answers have beside OpenAI's: pictures (`images`), annotations. Elsewhere the next user shows
   * the pictures, and annotations are left out, which some refuse.
   */
  readonly answerExtras?: boolean;
  /** It fetches no images and videos by URL: a request with one is refused. */
  readonly remoteMedia?: false;
  /** It reads `cache_control` marks, or OpenAI's own in their place. Elsewhere `cache_control` is taken out. */
  readonly cacheControl?: boolean | 'breakpoints';
  /** It takes files as data alone: a request with the address of one is refused. */
  readonly remoteFiles?: false;
  /** Files and sound go in parts of Mistral's own. */
  readonly media?: 'mistral';
  /** More marks are an error: the last ones stay. */
  readonly mostCacheMarks?: number;
  /** An assistant message with neither text nor tool calls is an error: it is left out. */
  readonly emptyAssistant?: false;
  /** Ids of tool calls must have nine letters and digits: others are turned into such, the same always alike. */
  readonly nineCharacterToolCallIds?: boolean;
  /** Longer ids of tool calls are an error: they are turned into such, the same always alike. */
  readonly longestToolCallId?: number;
  /** The beginning of an answer, with which a conversation ends, is an error unless it says that it is one. */
  readonly prefixedAnswer?: true;
  /** How reasoning of earlier turns goes back. Default: `reasoning_content`. */
  readonly reasoning?: HistoryReasoning;
  /** `extra_content` of calls, in which makers keep state, goes back as it came. Elsewhere it is left out. */
  readonly callExtras?: boolean;
  /** Whose signatures and encrypted reasoning it takes, where reasoning goes back `as-sent`. */
  readonly stateFormats?: readonly string[];
}

export type HistoryReasoning =
  /** Not at all. */
  | 'omit'
  /** As text in this field. */
  | 'reasoning_content'
  | 'reasoning'
  /** In `reasoning_content` of every assistant message, empty where there is none. */
  | 'reasoning_content-always'
  /** Mistral: as a part of type `thinking` inside `content`. */
  | 'thinking-part'
  /** Inside <think> tags before the text. */
  | 'think-tags'
  /** All fields as they came, but for state of other makers. */
  | 'as-sent';

export interface ReasoningQuirks {
  /** It takes `reasoning_effort`. */
  readonly effort?: boolean;
  /** Its names for efforts that it does not know; an unknown one passes. */
  readonly effortNames?: Readonly<Record<string, string>>;
  /** Fields that switch thinking off, for `effort: none` and `enabled: false`. */
  readonly off?: Readonly<Record<string, unknown>>;
  /** Fields that switch it on, for `enabled: true` and, where it takes no effort, for any effort. */
  readonly on?: Readonly<Record<string, unknown>>;
  /** Field that takes the number of tokens to think with. */
  readonly budgetField?: string;
  /** OpenRouter: takes the `reasoning` object itself. */
  readonly unified?: boolean;
}

export interface UsageQuirks {
  /**
   * `completion_tokens` does not include the reasoning tokens, always or where these are more, although the total leaves
   * them out as well. Elsewhere it is told by the sums.
   */
  readonly reasoningBeside?: true | 'where-more';
  /** A fee for each call: counted as one of the bucket `requests`. */
  readonly countRequests?: boolean;
}

export type QuirksSelector = (model: string, request: ChatRequest) => Quirks;

/** Lays the models' quirks over the rest once, and tells which hold for a request. */
export function quirksSelector(quirks: Quirks): QuirksSelector {
  const special = (quirks.models ?? []).map((rule) => ({ ...rule, merged: { ...quirks, ...rule.quirks } }));
  if (special.length === 0) return () => quirks;
  return (model, request) =>
    special.find(({ match, when }) => match.test(model) && (when?.(request) ?? true))?.merged ?? quirks;
}
