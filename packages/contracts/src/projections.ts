import type { Endpoint } from './outcomes.js';
import type { PolicyFailover } from './policy-document.js';
import type { PriceTerms } from './price-version.js';

/**
 * What gateways hold of the control plane's tables. A change and its outbox row commit together; a gateway reads the
 * changed rows by `(kind, id)` and keeps the highest revision that it has seen.
 */
export const OUTBOX_KINDS = [
  'organization',
  'project',
  'member',
  'api_key',
  'budget',
  'wallet',
  'catalog',
  'price',
  'provider_entry',
  'policy',
] as const;
/**
 * `catalog` and `price` carry the id `*` (reload all models, offers and names; all current and coming price versions).
 * `wallet` means that `credited` moved: gateways bring it to Redis.
 */
export type OutboxKind = (typeof OUTBOX_KINDS)[number];

/** Redis channel on which a worker publishes `{kind, id, revision}`. */
export const PROJECTION_CHANNEL = 'trunkline:projections';
/** Advisory lock under which outbox rows are written, so that revisions appear in order. */
export const OUTBOX_ADVISORY_LOCK = 7_350_001;

export interface OutboxMessage {
  kind: OutboxKind;
  id: string;
  revision: string;
}

export const BUDGET_PERIODS = ['day', 'week', 'month', 'total'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

export interface BudgetProjection {
  id: string;
  period: BudgetPeriod;
  limitNanoUsd: bigint;
}

/** Limits of requests; null is none. */
export interface RateLimits {
  requestsPerMinute: number | null;
  maxConcurrency: number | null;
}

export interface KeyProjection {
  id: string;
  /** SHA-256 of the whole key, hex. */
  hash: string;
  organizationId: string;
  projectId: string;
  memberId: string | null;
  expiresAtMs: number | null;
  /** Revoked or disabled. */
  revoked: boolean;
  /** Catalog ids of the models that it may call; empty is all. */
  allowedModels: string[];
  /** The policy of its calls; absent or null where its project's holds. */
  policyId?: string | null;
  limits: RateLimits;
  budgets: BudgetProjection[];
}

export interface OrganizationProjection {
  id: string;
  walletId: string;
  pricePlanId: string;
  /** What a call on an own credential costs, in millionths of the sell price; nothing when absent. */
  ownKeyFeePpm?: number;
  suspended: boolean;
  limits: RateLimits;
  budgets: BudgetProjection[];
}

export interface ProjectProjection {
  id: string;
  organizationId: string;
  archived: boolean;
  keepBodies: boolean;
  /** The policy of calls whose key has none; absent or null without. */
  defaultPolicyId?: string | null;
  budgets: BudgetProjection[];
}

/** A policy's published version. */
export interface PolicyProjection {
  id: string;
  projectId: string;
  name: string;
  versionId: string;
  /** 1 for the first. */
  version: number;
  failover: PolicyFailover;
}

export interface MemberProjection {
  id: string;
  organizationId: string;
  userId: string;
  budgets: BudgetProjection[];
}

export interface ModelProjection {
  id: string;
  name: string;
  author: string;
  kind: string;
  description: string | null;
  /** Unix seconds; the day it came out. */
  createdSeconds: number;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  inputModalities: string[];
  outputModalities: string[];
  /** `tools`, `structured_outputs`, `reasoning`, `vision`, …: true, false, or null where no source says. */
  capabilities: Record<string, boolean | null>;
  retired: boolean;
}

export interface OfferProjection {
  /** `<model id>@<provider id>`. */
  id: string;
  modelId: string;
  providerId: string;
  providerModel: string;
  endpoints: Endpoint[];
  contextWindow: number | null;
  maxOutputTokens: number | null;
  /** Only `paygo` offers stand in ordinary plans; the others in `:free` alone. */
  billing: 'paygo' | 'free' | 'free_trial';
  /** It goes on from an assistant message that ends the conversation; absent where it does not. */
  prefill?: boolean;
  /** Only `active` offers are routed to. */
  status: 'active' | 'unverified' | 'deprecated';
}

/** A row of the catalog's unique names. */
export interface NameProjection {
  name: string;
  modelId: string;
  /** Provider id → name to send there, where it is not the offer's own. */
  sendAs: Record<string, string>;
  /** Providers that sell exactly this dated version; any offer of the model when absent. */
  onlyAt?: string[];
}

export interface PriceVersionProjection {
  id: string;
  offerId: string;
  side: 'buy' | 'sell';
  /** Null on the buy side. */
  pricePlanId: string | null;
  effectiveFromMs: number;
  effectiveToMs: number | null;
  terms: PriceTerms;
}

/** A provider as it is configured here: the platform's (organization null) or a tenant's own. */
export interface ProviderEntryProjection {
  id: string;
  providerId: string;
  organizationId: string | null;
  protocol: string;
  baseUrl: string;
  region: string | null;
  /** Where access tokens are fetched; absent or null where the credential itself is sent, or the adapter knows. */
  tokenUrl?: string | null;
  /** What this entry calls models, by the provider's name for them, where that is something else. */
  deployments?: Readonly<Record<string, string>>;
  /** A tenant's own: for this project alone; absent or null for all. */
  projectId?: string | null;
  /** A tenant's own: before the platform's credentials (when absent), or in their place. */
  mode?: 'first' | 'only';
  /** Any model name is passed on, listed or not. */
  unlistedModels?: boolean;
  enabled: boolean;
  credentials: {
    id: string;
    /** Envelope-encrypted; see docs/security.md. */
    ciphertext: string;
  }[];
}
