import { z } from 'zod';
import { uuid } from '../ids.js';
import { policyDocument } from '../policy-document.js';
import { displayName, organizationPath, queryFlag, timestamp } from './fields.js';
import { listOf, pageOf, pageQuery } from './paging.js';
import { component } from './registry.js';

// Named here: gateways and pages read the schema too, and know nothing of OpenAPI.
component('PolicyDocument', policyDocument);

/** A named document of a project: how its calls are failed over. */
export const policy = component(
  'Policy',
  z.object({
    id: uuid,
    projectId: uuid,
    projectName: z.string(),
    name: z.string(),
    /** The version in force; null while there are drafts alone. */
    publishedVersion: z.int().nullable(),
    publishedAt: timestamp.nullable(),
    /** What is in force. */
    publishedDocument: policyDocument.nullable(),
    latestVersion: z.int(),
    /** It holds for all keys of the project that have no policy of their own. */
    isProjectDefault: z.boolean(),
    /** Keys that have it and are not revoked. */
    keys: z.int(),
    archivedAt: timestamp.nullable(),
    createdAt: timestamp,
  }),
);
export type Policy = z.infer<typeof policy>;
export const policyList = listOf('PolicyList', policy);

/** A version never changes: who edits a policy saves another. */
export const policyVersion = component(
  'PolicyVersion',
  z.object({
    id: uuid,
    /** 1 for the first. */
    number: z.int(),
    document: policyDocument,
    note: z.string().nullable(),
    /** Null when that user is gone. */
    authorName: z.string().nullable(),
    isPublished: z.boolean(),
    createdAt: timestamp,
  }),
);
export type PolicyVersion = z.infer<typeof policyVersion>;
export const policyVersionPage = pageOf('PolicyVersionPage', policyVersion);

export const policyPath = organizationPath.extend({ policyId: uuid });

export const listPoliciesQuery = z.strictObject({
  projectId: uuid.optional(),
  archived: queryFlag.optional(),
});
export type ListPoliciesQuery = z.infer<typeof listPoliciesQuery>;
export const listPolicyVersionsQuery = pageQuery;

const version = {
  document: policyDocument,
  note: z.string().trim().max(500).nullable().default(null),
  /** Put in force at once; a draft otherwise. */
  publish: z.boolean().default(false),
};

export const createPolicyInput = z.strictObject({
  /** The default project when missing. */
  projectId: uuid.optional(),
  name: displayName,
  ...version,
});
export type CreatePolicyInput = z.infer<typeof createPolicyInput>;

export const savePolicyVersionInput = z.strictObject({
  ...version,
  /** The latest version that the author saw: a newer one of somebody else is a conflict. */
  basedOn: z.int().min(1).optional(),
});
export type SavePolicyVersionInput = z.infer<typeof savePolicyVersionInput>;

/** An older version rolls back. */
export const publishPolicyInput = z.strictObject({ version: z.int().min(1) });
export type PublishPolicyInput = z.infer<typeof publishPolicyInput>;
