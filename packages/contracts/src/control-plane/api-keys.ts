import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { BUDGET_PERIODS } from '../projections.js';
import { budget } from './budgets.js';
import { displayName, organizationPath, positiveNanoUsd, requestLimit, timestamp } from './fields.js';
import { pageOf, pageQuery } from './paging.js';
import { component } from './registry.js';

export const API_KEY_STATES = ['active', 'disabled', 'expired', 'revoked'] as const;

export const apiKey = component(
  'ApiKey',
  z.object({
    id: uuid,
    name: z.string(),
    projectId: uuid,
    projectName: z.string(),
    /** Who made it; null when that member is gone. */
    memberId: uuid.nullable(),
    memberName: z.string().nullable(),
    /** What is shown of it: `sk-tl-Ab12…wxyz` is prefix and last four. */
    prefix: z.string(),
    lastFour: z.string(),
    state: z.enum(API_KEY_STATES),
    /** Catalog ids of the models that it may call; empty is all. */
    allowedModels: z.array(z.string()),
    /** The policy of its calls; null where its project's default holds. */
    policyId: uuid.nullable(),
    policyName: z.string().nullable(),
    requestsPerMinute: z.int().nullable(),
    maxConcurrency: z.int().nullable(),
    expiresAt: timestamp.nullable(),
    /** Can be taken back; a revocation cannot. */
    disabledAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable(),
    createdAt: timestamp,
    budgets: z.array(budget),
    /** Last 30 days. */
    calls30d: z.int(),
    cost30dNanoUsd: nanoUsdString,
  }),
);
export type ApiKey = z.infer<typeof apiKey>;
export const apiKeyPage = pageOf('ApiKeyPage', apiKey);

/** The one answer that holds the whole key. */
export const createdApiKey = component('CreatedApiKey', z.object({ apiKey, secret: z.string() }));
export type CreatedApiKey = z.infer<typeof createdApiKey>;

export const apiKeyPath = organizationPath.extend({ apiKeyId: uuid });

export const listApiKeysQuery = pageQuery.extend({
  projectId: uuid.optional(),
  state: z.enum([...API_KEY_STATES, 'all']).default('all'),
});
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>;

const allowedModels = z.array(z.string().min(1).max(200)).max(200);

export const createApiKeyInput = z.strictObject({
  name: displayName,
  /** The default project when missing. */
  projectId: uuid.optional(),
  allowedModels: allowedModels.default([]),
  /** A policy of the key's project that has a version in force; null for the project's default. */
  policyId: uuid.nullable().default(null),
  requestsPerMinute: requestLimit.default(null),
  maxConcurrency: requestLimit.default(null),
  expiresAt: timestamp.nullable().default(null),
  budget: z
    .strictObject({ period: z.enum(BUDGET_PERIODS), limitNanoUsd: positiveNanoUsd })
    .nullable()
    .default(null),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export const updateApiKeyInput = z.strictObject({
  name: displayName.optional(),
  disabled: z.boolean().optional(),
  allowedModels: allowedModels.optional(),
  policyId: uuid.nullable().optional(),
  requestsPerMinute: requestLimit.optional(),
  maxConcurrency: requestLimit.optional(),
  expiresAt: timestamp.nullable().optional(),
});
export type UpdateApiKeyInput = z.infer<typeof updateApiKeyInput>;
