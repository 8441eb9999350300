'use client';

import { useQueryStates } from 'nuqs';
import { sharedParams, type Scope } from './scope';
import { useWorkspace } from './workspace';

/** Organization of the path, project and time range of the URL. */
export function useScope(): { scope: Scope; range: string } {
  const { organization } = useWorkspace();
  const [{ range, project }] = useQueryStates(sharedParams);
  return { scope: { organizationId: organization.id, projectId: project }, range };
}
