import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { displayName, organizationPath, positiveNanoUsd, requestLimit, timestamp } from './fields.js';
import { listOf, pageOf, pageQuery } from './paging.js';
import { component } from './registry.js';

export const tenant = component(
  'Tenant',
  z.object({
    organizationId: uuid,
    name: z.string(),
    slug: z.string(),
    walletId: uuid.nullable(),
    pricePlanId: z.string().nullable(),
    balanceNanoUsd: nanoUsdString,
    members: z.int(),
    activeKeys: z.int(),
    calls30d: z.int(),
    cost30dNanoUsd: nanoUsdString,
    providerCost30dNanoUsd: nanoUsdString,
    requestsPerMinute: z.int().nullable(),
    maxConcurrency: z.int().nullable(),
    suspendedAt: timestamp.nullable(),
    createdAt: timestamp,
  }),
);
export type Tenant = z.infer<typeof tenant>;
export const tenantPage = pageOf('TenantPage', tenant);

export const listTenantsQuery = pageQuery.extend({ search: z.string().trim().max(100).optional() });
export type ListTenantsQuery = z.infer<typeof listTenantsQuery>;

export const updateTenantInput = z.strictObject({
  suspended: z.boolean().optional(),
  requestsPerMinute: requestLimit.optional(),
  maxConcurrency: requestLimit.optional(),
});
export type UpdateTenantInput = z.infer<typeof updateTenantInput>;

export const grantCreditInput = z.strictObject({
  amountNanoUsd: positiveNanoUsd,
  description: displayName,
  /** Made by the client: the same one again grants nothing more. */
  idempotencyKey: uuid,
});
export type GrantCreditInput = z.infer<typeof grantCreditInput>;

export const tenantPath = organizationPath;

export const providerEntry = component(
  'ProviderEntry',
  z.object({
    id: uuid,
    providerId: z.string(),
    providerName: z.string(),
    protocol: z.string(),
    baseUrl: z.string(),
    region: z.string().nullable(),
    /** Who declared it; entries of `environment` and `simulator` are made anew by each start. */
    source: z.enum(['environment', 'simulator', 'file', 'operator']),
    enabled: z.boolean(),
    /** Any model name is passed on, listed or not. */
    unlistedModels: z.boolean(),
    credentials: z.array(z.object({ id: uuid, hint: z.string(), createdAt: timestamp })),
    offers: z.int(),
    createdAt: timestamp,
    updatedAt: timestamp,
  }),
);
export type ProviderEntry = z.infer<typeof providerEntry>;
export const providerEntryList = listOf('ProviderEntryList', providerEntry);

export const providerEntryPath = z.strictObject({ entryId: uuid });

const apiKeys = z.array(z.string().min(1).max(4096)).min(1).max(20);
export const createProviderEntryInput = z.strictObject({
  /** A provider of the catalog that has an adapter, or a new name for an endpoint of the platform's own. */
  providerId: z.string().min(1).max(80),
  /** For an endpoint of the platform's own. */
  protocol: z.string().min(1).max(40).optional(),
  /** The catalog's when missing. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  region: z.string().min(1).max(80).nullable().default(null),
  tokenUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .default(null),
  /** What any name costs that is not listed: US dollars per million tokens, by the catalog's price fields. Null takes none. */
  unlistedPrice: z.record(z.string().max(40), z.string().max(40)).nullable().default(null),
  /** None where the endpoint takes calls without. */
  apiKeys: z.array(z.string().min(1).max(16_384)).max(20),
});
export type CreateProviderEntryInput = z.infer<typeof createProviderEntryInput>;

export const updateProviderEntryInput = z.strictObject({
  enabled: z.boolean().optional(),
  /** A new price of unlisted names; only for entries that take them, of source `operator`. */
  unlistedPrice: z.record(z.string().max(40), z.string().max(40)).optional(),
  /** Replaces all credentials; only for entries of source `operator`. */
  apiKeys: apiKeys.optional(),
});
export type UpdateProviderEntryInput = z.infer<typeof updateProviderEntryInput>;

export const queueState = component(
  'QueueState',
  z.object({
    name: z.string(),
    waiting: z.int(),
    active: z.int(),
    delayed: z.int(),
    completed: z.int(),
    /** Gave up after all tries; kept until somebody looks. */
    dead: z.int(),
  }),
);
export type QueueState = z.infer<typeof queueState>;

export const jobsState = component(
  'JobsState',
  z.object({
    queues: z.array(queueState),
    /** Records that could not be read or posted. */
    setAsideRecords: z.int(),
    spools: z.array(z.object({ id: z.string(), position: z.string(), updatedAt: timestamp })),
  }),
);
export type JobsState = z.infer<typeof jobsState>;

export const deadJob = component(
  'DeadJob',
  z.object({
    id: z.string(),
    queue: z.string(),
    failedReason: z.string(),
    attemptsMade: z.int(),
    createdAt: timestamp,
    finishedAt: timestamp.nullable(),
    /** First 4 KB of its payload. */
    payload: z.string(),
  }),
);
export type DeadJob = z.infer<typeof deadJob>;
export const deadJobList = listOf('DeadJobList', deadJob);

export const queuePath = z.strictObject({ queue: z.string().min(1).max(80) });
export const deadJobPath = queuePath.extend({ jobId: z.string().min(1).max(200) });

export const setAsideRecord = component(
  'SetAsideRecord',
  z.object({
    spoolId: z.string(),
    number: z.string(),
    error: z.string(),
    /** First 4 KB. */
    payload: z.string(),
    createdAt: timestamp,
  }),
);
export type SetAsideRecord = z.infer<typeof setAsideRecord>;
export const setAsideRecordList = listOf('SetAsideRecordList', setAsideRecord);

export const platformLedger = component(
  'PlatformLedger',
  z.object({
    /** Sum of all wallets: what customers have paid and not yet used. */
    walletsNanoUsd: nanoUsdString,
    revenueNanoUsd: nanoUsdString,
    promotionsNanoUsd: nanoUsdString,
    /** What calls cost beyond the balance and the platform gave back. */
    overrunNanoUsd: nanoUsdString,
    providers: z.array(z.object({ providerId: z.string(), payableNanoUsd: nanoUsdString })),
    /** Zero, always. */
    sumNanoUsd: nanoUsdString,
  }),
);
export type PlatformLedger = z.infer<typeof platformLedger>;
