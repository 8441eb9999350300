import { parseUsd } from '@trunkline/contracts';

/** OpenRouter's `provider` object, read. https://openrouter.ai/docs/features/provider-routing */
export interface ReadPreferences {
  readonly order: readonly string[];
  readonly only: ReadonlySet<string> | null;
  readonly ignore: ReadonlySet<string>;
  readonly allowFallbacks: boolean;
  readonly requireParameters: boolean;
  readonly sort: 'price' | 'throughput' | 'latency' | null;
  /** Nano-USD per million tokens. */
  readonly maxPrompt: bigint | null;
  readonly maxCompletion: bigint | null;
}

export const NO_PREFERENCES: ReadPreferences = {
  order: [],
  only: null,
  ignore: new Set(),
  allowFallbacks: true,
  requireParameters: false,
  sort: null,
  maxPrompt: null,
  maxCompletion: null,
};

/** The fields of `provider` that decide something here; others (quantizations, data policy) have no data to decide by. */
export interface WrittenPreferences {
  order?: readonly string[] | null;
  only?: readonly string[] | null;
  ignore?: readonly string[] | null;
  allow_fallbacks?: boolean | null;
  require_parameters?: boolean | null;
  sort?: string | Record<string, unknown> | null;
  max_price?: Record<string, string | number> | null;
}

export type PreferencesReading =
  | { kind: 'read'; preferences: ReadPreferences }
  | { kind: 'invalid'; param: string; message: string };

const SORTS: ReadonlySet<string> = new Set(['price', 'throughput', 'latency']);

/** Reads the `provider` object of a request whose JSON types have been checked. */
export function readPreferences(written: WrittenPreferences | null | undefined): PreferencesReading {
  if (!written) return { kind: 'read', preferences: NO_PREFERENCES };
  const sort = typeof written.sort === 'object' ? (written.sort?.by ?? null) : (written.sort ?? null);
  if (sort !== null && (typeof sort !== 'string' || !SORTS.has(sort))) {
    return {
      kind: 'invalid',
      param: 'provider.sort',
      message: "provider.sort must be 'price', 'throughput' or 'latency'.",
    };
  }
  const maxPrompt = readPrice(written.max_price?.prompt);
  const maxCompletion = readPrice(written.max_price?.completion);
  if (maxPrompt === 'invalid' || maxCompletion === 'invalid') {
    return {
      kind: 'invalid',
      param: 'provider.max_price',
      message: 'provider.max_price takes US dollars per million tokens as numbers or decimal strings.',
    };
  }
  return {
    kind: 'read',
    preferences: {
      order: (written.order ?? []).map(providerId),
      only: written.only?.length ? new Set(written.only.map(providerId)) : null,
      ignore: new Set((written.ignore ?? []).map(providerId)),
      allowFallbacks: written.allow_fallbacks !== false,
      requireParameters: written.require_parameters === true,
      sort: sort as ReadPreferences['sort'],
      maxPrompt,
      maxCompletion,
    },
  };
}

/** OpenRouter's clients write display names (`OpenAI`) and variants (`deepinfra/turbo`) as well as slugs. */
function providerId(written: string): string {
  const slash = written.indexOf('/');
  return (slash < 0 ? written : written.slice(0, slash)).trim().toLowerCase().replaceAll(' ', '-');
}

function readPrice(value: string | number | undefined): bigint | null | 'invalid' {
  if (value === undefined || value === null) return null;
  try {
    return parseUsd(typeof value === 'number' ? plainDecimal(value) : value.trim());
  } catch {
    return 'invalid';
  }
}

/** Numbers below 10⁻⁶ print with an exponent. */
function plainDecimal(value: number): string {
  return Number.isFinite(value) && value >= 0 ? value.toFixed(9) : 'not a price';
}
