import { z } from 'zod';

/** What a token is made of. */
export const MODALITIES = ['text', 'audio', 'image', 'video'] as const;
export type Modality = (typeof MODALITIES)[number];

/** What happened to a token. Disjoint: a token is counted in exactly one. */
export const TOKEN_FLOWS = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'output',
  'reasoning',
] as const;
export type TokenFlow = (typeof TOKEN_FLOWS)[number];

/**
 * Tokens that a provider counts and does not charge for (Cohere's own prompt around the client's), by the flow that they
 * are part of. They cost nothing on either side, whatever the price book says.
 */
export const UNBILLED_BUCKETS = ['unbilled.input', 'unbilled.cache_read', 'unbilled.output'] as const;
export type UnbilledBucket = (typeof UNBILLED_BUCKETS)[number];

/**
 * What a provider counts in a detail beyond the sum that it is a detail of (515 cached tokens of a prompt of 377): told to
 * the client as the provider told it, part of no sum, and never priced.
 */
export const BEYOND_BUCKETS = ['beyond.cache_read', 'beyond.reasoning'] as const;
export type BeyondBucket = (typeof BEYOND_BUCKETS)[number];

/**
 * Buckets that are not split by modality. `code_sessions` are containers that ran code, one for each gigabyte of memory, or
 * runs where these are what a provider bills.
 */
export const OTHER_BUCKETS = [
  'citation_tokens',
  'requests',
  'searches',
  'queries',
  'code_sessions',
  'images',
  'pages',
  'characters',
  'seconds_in',
  'seconds_out',
] as const;

export type TokenBucket = `${TokenFlow}.${Modality}`;
export type OtherBucket = (typeof OTHER_BUCKETS)[number];

/** One closed list of disjoint things that are counted and priced. */
export type UsageBucket = TokenBucket | UnbilledBucket | OtherBucket;

export const TOKEN_BUCKETS = TOKEN_FLOWS.flatMap((flow) =>
  MODALITIES.map((modality): TokenBucket => `${flow}.${modality}`),
);

export const USAGE_BUCKETS: readonly UsageBucket[] = [
  ...TOKEN_BUCKETS,
  ...UNBILLED_BUCKETS,
  ...OTHER_BUCKETS,
];

const known: ReadonlySet<string> = new Set([...USAGE_BUCKETS, ...BEYOND_BUCKETS]);

export const usageBucket = z.custom<UsageBucket>((value) => typeof value === 'string' && known.has(value), {
  error: 'not a usage bucket',
});

/** Units per bucket; a missing bucket is zero. Units are whole and not negative. */
export type Usage = Partial<Record<UsageBucket | BeyondBucket, number>>;

export const usage = z.partialRecord(usageBucket, z.int().nonnegative());

const bucketsOf = (flows: readonly TokenFlow[]): ReadonlySet<string> =>
  new Set(
    flows.flatMap((flow) => [...MODALITIES.map((modality) => `${flow}.${modality}`), `unbilled.${flow}`]),
  );

const unbilled: ReadonlySet<string> = new Set(UNBILLED_BUCKETS);

/** True for what costs nothing, whatever the price book says. */
export function isUnbilled(bucket: UsageBucket): bucket is UnbilledBucket {
  return unbilled.has(bucket);
}

const PROMPT_BUCKETS = bucketsOf(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h']);
const COMPLETION_BUCKETS = bucketsOf(['output', 'reasoning']);
const BUCKETS_OF_FLOW = new Map(TOKEN_FLOWS.map((flow) => [flow, bucketsOf([flow])]));
const NONE: ReadonlySet<string> = new Set();

/** Goes over what is there, a bucket or two, and not over all that there could be: every call does it several times. */
function sumBuckets(usage: Usage, buckets: ReadonlySet<string>): number {
  let sum = 0;
  for (const bucket in usage) if (buckets.has(bucket)) sum += usage[bucket as UsageBucket] ?? 0;
  return sum;
}

/** Tokens of the prompt, cached and written ones included: OpenAI's `prompt_tokens`. */
export function promptTokens(usage: Usage): number {
  return sumBuckets(usage, PROMPT_BUCKETS);
}

/** Tokens of the answer, reasoning included: OpenAI's `completion_tokens`. */
export function completionTokens(usage: Usage): number {
  return sumBuckets(usage, COMPLETION_BUCKETS);
}

/** Tokens of one flow over all modalities, those that are not charged included. */
export function tokensOf(usage: Usage, flow: TokenFlow): number {
  return sumBuckets(usage, BUCKETS_OF_FLOW.get(flow) ?? NONE);
}

/** The tokens of a detail as the provider told them, those beyond its sum included. */
export function toldTokens(usage: Usage, flow: 'cache_read' | 'reasoning'): number {
  return tokensOf(usage, flow) + (usage[`beyond.${flow}`] ?? 0);
}

/** Adds two usages bucket by bucket. */
export function addUsage(left: Usage, right: Usage): Usage {
  const sum: Usage = { ...left };
  for (const name in right) {
    const bucket = name as UsageBucket;
    const units = right[bucket];
    if (units) sum[bucket] = (sum[bucket] ?? 0) + units;
  }
  return sum;
}
