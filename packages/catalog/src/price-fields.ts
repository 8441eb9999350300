import type { UsageBucket } from '@trunkline/contracts';
import { parseUsdPerMillion, parseUsdPerThing } from './decimal-price.js';

/** What a source calls a price, the bucket that it prices, and how its figure is read. */
interface PriceField {
  bucket: UsageBucket;
  parse: (text: string) => bigint;
}

const perMillion = (bucket: UsageBucket): PriceField => ({ bucket, parse: parseUsdPerMillion });
const perThing = (bucket: UsageBucket): PriceField => ({ bucket, parse: parseUsdPerThing });

/** Every price field of the data files. Plain names are USD per million units, `per…` names USD per single thing. */
export const PRICE_FIELDS = {
  input: perMillion('input.text'),
  output: perMillion('output.text'),
  reasoning: perMillion('reasoning.text'),
  cacheRead: perMillion('cache_read.text'),
  cacheWrite5m: perMillion('cache_write_5m.text'),
  cacheWrite1h: perMillion('cache_write_1h.text'),
  audioInput: perMillion('input.audio'),
  audioOutput: perMillion('output.audio'),
  imageInput: perMillion('input.image'),
  imageOutput: perMillion('output.image'),
  citation: perMillion('citation_tokens'),
  perMillionCharacters: perMillion('characters'),
  perImage: perThing('images'),
  perRequest: perThing('requests'),
  perQuery: perThing('queries'),
  perWebSearch: perThing('searches'),
  perCodeSession: perThing('code_sessions'),
  perInputSecond: perThing('seconds_in'),
  perOutputSecond: perThing('seconds_out'),
  perPage: perThing('pages'),
} as const satisfies Record<string, PriceField>;

export type PriceFieldName = keyof typeof PRICE_FIELDS;

export const PRICE_FIELD_NAMES = Object.keys(PRICE_FIELDS) as PriceFieldName[];
