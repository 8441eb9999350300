import { createLoader, parseAsString } from 'nuqs/server';
import { parseAsRange } from './time-range';

/** Whose data is asked for: an organization, or one of its projects. */
export interface Scope {
  organizationId: string;
  /** All projects when null. */
  projectId: string | null;
}

/** What every page of an organization reads from its URL. */
export const sharedParams = { range: parseAsRange, project: parseAsString };

export const loadSharedParams = createLoader(sharedParams);

/** `projectId` as a query has it: left out for all projects. */
export function projectQuery(scope: Scope): { projectId?: string } {
  return scope.projectId ? { projectId: scope.projectId } : {};
}
