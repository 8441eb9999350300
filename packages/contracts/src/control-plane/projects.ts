import { z } from 'zod';
import { uuid } from '../ids.js';
import { displayName, organizationPath, queryFlag, timestamp } from './fields.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

export const project = component(
  'Project',
  z.object({
    id: uuid,
    name: z.string(),
    slug: z.string(),
    isDefault: z.boolean(),
    /** Requests and answers are kept, encrypted. */
    keepBodies: z.boolean(),
    /** The policy of keys that have none; null without. */
    defaultPolicyId: uuid.nullable(),
    archivedAt: timestamp.nullable(),
    createdAt: timestamp,
    /** Keys that work now. */
    activeKeys: z.int(),
  }),
);
export type Project = z.infer<typeof project>;
export const projectList = listOf('ProjectList', project);

export const projectPath = organizationPath.extend({ projectId: uuid });
export const listProjectsQuery = z.strictObject({ archived: queryFlag.optional() });
export type ListProjectsQuery = z.infer<typeof listProjectsQuery>;

export const createProjectInput = z.strictObject({
  name: displayName,
  keepBodies: z.boolean().default(false),
});
export type CreateProjectInput = z.infer<typeof createProjectInput>;

export const updateProjectInput = z.strictObject({
  name: displayName.optional(),
  keepBodies: z.boolean().optional(),
  /** A policy of the project that has a version in force; null for none. */
  defaultPolicyId: uuid.nullable().optional(),
  /** An archived project's keys stop working; the default project cannot be archived. */
  archived: z.boolean().optional(),
});
export type UpdateProjectInput = z.infer<typeof updateProjectInput>;
