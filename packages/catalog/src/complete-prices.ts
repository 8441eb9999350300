import {
  MODALITIES,
  TOKEN_BUCKETS,
  type Modality,
  type TokenBucket,
  type TokenFlow,
  type UsageBucket,
} from '@trunkline/contracts';

/** Nano-USD per million units, by bucket. */
export type PriceRow = Partial<Record<UsageBucket, bigint>>;

/** A bucket that got its price from another one. */
export interface CompletedBucket {
  bucket: TokenBucket;
  from: TokenBucket;
}

export interface CompletedPrices {
  prices: PriceRow;
  completed: CompletedBucket[];
}

/**
 * The table: a flow without a price takes the price of the flow beside it. What no modality has a price for takes the
 * price of text.
 */
export const FLOW_FALLBACKS: Readonly<Record<TokenFlow, TokenFlow | null>> = {
  input: null,
  output: null,
  reasoning: 'output',
  cache_read: 'input',
  cache_write_5m: 'input',
  cache_write_1h: 'cache_write_5m',
};

/**
 * The stated bucket that prices a bucket, by the table: first along the flows within the modality, then the same for
 * text. Staying within the modality first never bills cached audio as cached text, which would be too little.
 */
function priceSource(bucket: TokenBucket, stated: PriceRow): TokenBucket | null {
  const [flow, modality] = bucket.split('.') as [TokenFlow, Modality];
  for (const kind of modality === 'text' ? (['text'] as const) : [modality, 'text' as const]) {
    for (let step: TokenFlow | null = flow; step; step = FLOW_FALLBACKS[step]) {
      if (stated[`${step}.${kind}`] !== undefined) return `${step}.${kind}`;
    }
  }
  return null;
}

/**
 * Completes stated prices to all token buckets by the table above. Buckets that are not tokens are never derived, and
 * what the table cannot reach stays without a price.
 */
export function completePrices(stated: PriceRow): CompletedPrices {
  const prices: PriceRow = { ...stated };
  const completed: CompletedBucket[] = [];
  for (const bucket of TOKEN_BUCKETS) {
    if (stated[bucket] !== undefined) continue;
    const from = priceSource(bucket, stated);
    const price = from && stated[from];
    if (from === null || typeof price !== 'bigint') continue;
    prices[bucket] = price;
    completed.push({ bucket, from });
  }
  return { prices, completed };
}

/** Prints the completion table, one rule a line, for documents and for the seed's report. */
export function printCompletionTable(): string {
  const flows = Object.entries(FLOW_FALLBACKS).flatMap(([flow, from]) => (from ? [`${flow} → ${from}`] : []));
  const modalities = MODALITIES.filter((modality) => modality !== 'text').map(
    (modality) => `${modality} → text`,
  );
  return [...flows, ...modalities].join('\n');
}
