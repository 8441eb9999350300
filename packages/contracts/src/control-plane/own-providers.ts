import { z } from 'zod';
import { uuid } from '../ids.js';
import { ATTEMPT_OUTCOMES } from '../outcomes.js';
import { organizationPath, timestamp } from './fields.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

/** `first`: before the platform's credentials. `only`: in their place. */
export const OWN_KEY_MODES = ['first', 'only'] as const;
export type OwnKeyMode = (typeof OWN_KEY_MODES)[number];

/** A provider with keys of the organization's own, or an endpoint of its own. */
export const ownProvider = component(
  'OwnProvider',
  z.object({
    id: uuid,
    providerId: z.string(),
    providerName: z.string(),
    /** No provider of the catalog: called as `<providerId>/<any name>`. */
    isEndpoint: z.boolean(),
    protocol: z.string(),
    baseUrl: z.string(),
    region: z.string().nullable(),
    tokenUrl: z.string().nullable(),
    /** The only project that uses it; all when null. */
    projectId: uuid.nullable(),
    projectName: z.string().nullable(),
    mode: z.enum(OWN_KEY_MODES),
    unlistedModels: z.boolean(),
    enabled: z.boolean(),
    /** First and last characters; the keys themselves are never told. */
    credentials: z.array(z.object({ id: uuid, hint: z.string(), createdAt: timestamp })),
    createdAt: timestamp,
    updatedAt: timestamp,
  }),
);
export type OwnProvider = z.infer<typeof ownProvider>;
export const ownProviderList = listOf('OwnProviderList', ownProvider);

/** A provider of the catalog for which keys can be added. */
export const knownProvider = component(
  'KnownProvider',
  z.object({
    id: z.string(),
    name: z.string(),
    /** With parts in braces where only its customer knows them. */
    baseUrl: z.string(),
    docsUrl: z.string(),
  }),
);
export type KnownProvider = z.infer<typeof knownProvider>;

export const ownProviderChoices = component(
  'OwnProviderChoices',
  z.object({
    providers: z.array(knownProvider),
    /** What endpoints of one's own may speak. */
    protocols: z.array(z.string()),
  }),
);
export type OwnProviderChoices = z.infer<typeof ownProviderChoices>;

export const ownProviderPath = organizationPath.extend({ entryId: uuid });

const apiKey = z.string().trim().min(1).max(16_384);
const address = z.url({ protocol: /^https?$/ }).max(500);

export const createOwnProviderInput = z.strictObject({
  /** A provider of the catalog, or a new name for an endpoint of one's own. */
  providerId: z
    .string()
    .trim()
    .max(60)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  /** For an endpoint of one's own. */
  protocol: z.string().min(1).max(40).optional(),
  /** The provider's own when missing. */
  baseUrl: address.optional(),
  region: z.string().trim().min(1).max(80).nullable().default(null),
  tokenUrl: address.nullable().default(null),
  projectId: uuid.nullable().default(null),
  mode: z.enum(OWN_KEY_MODES).default('first'),
  /** Pass on names that the catalog does not list; endpoints of one's own always do. */
  unlistedModels: z.boolean().default(false),
  apiKeys: z.array(apiKey).max(20).default([]),
});
export type CreateOwnProviderInput = z.infer<typeof createOwnProviderInput>;

export const updateOwnProviderInput = z.strictObject({
  enabled: z.boolean().optional(),
  mode: z.enum(OWN_KEY_MODES).optional(),
  unlistedModels: z.boolean().optional(),
  addApiKeys: z.array(apiKey).max(20).optional(),
  removeCredentials: z.array(uuid).max(20).optional(),
});
export type UpdateOwnProviderInput = z.infer<typeof updateOwnProviderInput>;

export const testOwnProviderInput = z.strictObject({
  /** Name to ask for, as the provider calls it; the cheapest of the catalog when missing. */
  model: z.string().trim().min(1).max(200).optional(),
});
export type TestOwnProviderInput = z.infer<typeof testOwnProviderInput>;

/** What one key's trial call came to. */
export const ownProviderTest = component(
  'OwnProviderTest',
  z.object({
    model: z.string(),
    results: z.array(
      z.object({
        /** Null for an endpoint that takes calls without a key. */
        credentialId: uuid.nullable(),
        hint: z.string().nullable(),
        outcome: z.enum(ATTEMPT_OUTCOMES),
        statusCode: z.int().nullable(),
        /** In the provider's words, without secrets. */
        message: z.string().nullable(),
        durationMs: z.int(),
      }),
    ),
  }),
);
export type OwnProviderTest = z.infer<typeof ownProviderTest>;
