import type {
  BegunRecord,
  EndedRecord,
  KeyProjection,
  MemberProjection,
  ModelProjection,
  NameProjection,
  OfferProjection,
  OrganizationProjection,
  PolicyProjection,
  PriceVersionProjection,
  ProjectProjection,
  ProviderEntryProjection,
} from '@trunkline/contracts';

/**
 * What the stages need of `projections/`, `limits/` and `usage/`. Stages know these faces alone.
 */

/** Who calls: a key, or a member in the playground. */
export interface Principal {
  organization: OrganizationProjection;
  project: ProjectProjection;
  key: KeyProjection | null;
  member: MemberProjection | null;
  /** In force for the call: the key's, else the project's default. */
  policy: PolicyProjection | null;
}

export type KeyLookup =
  | { kind: 'found'; principal: Principal }
  | { kind: 'unknown' }
  /** Not in the projection, and Postgres cannot be asked: 503, not 401. */
  | { kind: 'unavailable' };

/** One immutable reading of catalog, entries and prices; a change makes a new one. */
export interface CatalogSnapshot {
  revision: bigint;
  models: ReadonlyMap<string, ModelProjection>;
  /** All offers of a model, in id order. */
  offersByModel: ReadonlyMap<string, readonly OfferProjection[]>;
  names: ReadonlyMap<string, NameProjection>;
  /** The platform's enabled entries by provider id. */
  entries: ReadonlyMap<string, readonly ProviderEntryProjection[]>;
  /** Enabled entries of tenants by organization id. */
  ownEntries: ReadonlyMap<string, readonly ProviderEntryProjection[]>;
  /** The price version in force at `atMs`. */
  priceOf(
    offerId: string,
    side: 'buy' | 'sell',
    pricePlanId: string | null,
    atMs: number,
  ): PriceVersionProjection | null;
}

export abstract class Projections {
  /** @param key the whole key as the client sent it */
  abstract findKey(key: string): KeyLookup | Promise<KeyLookup>;
  /** @param token the playground token, verified without a look-up */
  abstract findPlayground(token: string): KeyLookup;
  abstract catalog(): CatalogSnapshot;
  /** The credential in plain text, from memory; null when it is unknown. */
  abstract credential(id: string): string | null;
  /** Why this process may not get traffic; empty when it may. */
  abstract notReady(): string[];
}

export interface AdmitInput {
  callId: string;
  principal: Principal;
  /** Estimate of the prompt's tokens. */
  promptTokens: number;
  /** Prompt estimate × input price, nano-USD. */
  promptCostNanoUsd: bigint;
  /** Output price, nano-USD per million tokens. */
  outputNanoUsdPerMillion: bigint;
  /** min(limit asked for, the offer's maximum); null when neither is known. */
  outputTokenLimit: number | null;
  /** Key of the output-length history: p95 is kept per key and model. */
  historyKey: string;
  begun: BegunRecord;
  /** Unix milliseconds until which there is any use in it; as long as admission itself waits where it is left out. */
  untilMs?: number;
}

/** What the x-ratelimit-* headers say. */
export interface LimitState {
  limitRequests: number | null;
  remainingRequests: number | null;
  resetRequestsMs: number | null;
}

export type AdmitResult =
  | {
      kind: 'admitted';
      lease: Lease;
      limits: LimitState;
      /** Output tokens that the free sum pays for, where that is fewer than asked for. */
      outputTokenLimit: number | null;
    }
  | {
      kind: 'refused';
      reason:
        | 'insufficient_credit'
        | 'budget_exceeded'
        | 'rate_limited'
        | 'concurrency_limited'
        | 'unavailable';
      retryAfterMs: number | null;
      limits: LimitState;
    };

/** A hold on the wallet, renewed until the call is settled or cancelled. */
export interface Lease {
  readonly callId: string;
  /** Budgets and their period starts, fixed at admission. */
  readonly budgets: { id: string; periodStartMs: number }[];
  /**
   * Tells what the call has cost so far, nano-USD; the hold is raised when the stream outgrows it.
   * @param onRefused called once when the raise was refused: the stream has to end with `budget_exceeded`
   */
  outgrow(costSoFarNanoUsd: bigint, onRefused: () => void): void;
}

export abstract class Admission {
  /** At most one Redis round trip. Appends the `begun` record when it admits. Never throws for an absent Redis. */
  abstract admit(input: AdmitInput): Promise<AdmitResult>;
  abstract notReady(): string[];
}

export abstract class Settlement {
  /**
   * Appends the record to the spool and resolves when it is written, which is before the answer's last bytes may go
   * out. Applying it to the wallet and shipping it go on by themselves.
   * @param kept request and answer, where the project keeps bodies
   */
  abstract settle(
    lease: Lease,
    record: EndedRecord,
    kept?: { request: Buffer; answer: Buffer },
  ): Promise<void>;
  abstract notReady(): string[];
  /** Ships what can be shipped; at most `timeoutMs`. */
  abstract drain(timeoutMs: number): Promise<void>;
}
