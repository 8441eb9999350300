import { z } from 'zod';
import { nanoUsdString } from '../money.js';
import { oneOrMore, organizationPath, queryFlag, timestamp } from './fields.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

const modelFields = {
  /** `author/model`. */
  id: z.string(),
  name: z.string(),
  author: z.string(),
  kind: z.string(),
  status: z.string(),
  description: z.string().nullable(),
  releasedAt: timestamp.nullable(),
  contextWindow: z.int().nullable(),
  maxOutputTokens: z.int().nullable(),
  inputModalities: z.array(z.string()),
  outputModalities: z.array(z.string()),
  /** True, false, or null where no source says. */
  capabilities: z.record(z.string(), z.boolean().nullable()),
  /** A configured provider has an offer for it now. */
  callable: z.boolean(),
  /** Providers with an offer; those that are configured first. */
  providerIds: z.array(z.string()),
  /** Lowest sell price per million text tokens of the callable offers, else of all. */
  inputNanoUsdPerMillion: nanoUsdString.nullable(),
  outputNanoUsdPerMillion: nanoUsdString.nullable(),
};

export const catalogModel = component('CatalogModel', z.object(modelFields));
export type CatalogModel = z.infer<typeof catalogModel>;
export const catalogModelList = listOf('CatalogModelList', catalogModel);

export const listModelsQuery = z.strictObject({
  /** In id, name or author. */
  search: z.string().trim().max(100).optional(),
  kind: oneOrMore(z.string().max(40)).optional(),
  author: oneOrMore(z.string().max(80)).optional(),
  provider: oneOrMore(z.string().max(80)).optional(),
  callable: queryFlag.optional(),
});
export type ListModelsQuery = z.infer<typeof listModelsQuery>;

export const modelPath = organizationPath.extend({
  author: z.string().min(1).max(100),
  slug: z.string().min(1).max(200),
});

export const catalogOffer = component(
  'CatalogOffer',
  z.object({
    id: z.string(),
    providerId: z.string(),
    providerName: z.string(),
    providerModel: z.string(),
    endpoints: z.array(z.string()),
    contextWindow: z.int().nullable(),
    maxOutputTokens: z.int().nullable(),
    billing: z.string(),
    status: z.string(),
    endsAt: timestamp.nullable(),
    callable: z.boolean(),
    /** What the organization pays: sell prices of its plan. Null without a price. */
    price: z
      .object({
        versionId: z.string(),
        effectiveFrom: timestamp,
        /** Nano-USD per million units, by bucket; completed buckets are left out. */
        prices: z.record(z.string(), nanoUsdString),
        tiers: z.array(z.object({ aboveInputTokens: z.int(), prices: z.record(z.string(), nanoUsdString) })),
        hasHours: z.boolean(),
      })
      .nullable(),
    /** Of the last 24 hours on this platform; null without enough calls. */
    firstTokenP50Ms: z.number().nullable(),
    errorPpm: z.int().nullable(),
  }),
);
export type CatalogOffer = z.infer<typeof catalogOffer>;

export const catalogModelDetail = component(
  'CatalogModelDetail',
  z.object({
    ...modelFields,
    /** What makers call it, dated versions included. */
    names: z.array(z.string()),
    /** Callable ones first, then by price. */
    offers: z.array(catalogOffer),
  }),
);
export type CatalogModelDetail = z.infer<typeof catalogModelDetail>;
