'use client';

import { createContext, use, type ReactNode } from 'react';
import type { Schemas } from './api';

export interface Workspace {
  me: Schemas['Me'];
  platform: Schemas['Platform'];
  /** The organization of the path. */
  organization: Schemas['Me']['organizations'][number];
  projects: readonly Schemas['Project'][];
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function WorkspaceProvider({ value, children }: { value: Workspace; children: ReactNode }) {
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

export function useWorkspace(): Workspace {
  const workspace = use(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace is for pages of an organization');
  return workspace;
}

/** Whether the reader may change what belongs to the whole organization. */
export function useIsAdmin(): boolean {
  return useWorkspace().organization.role !== 'member';
}

/** Path of a page of the organization. */
export function useOrganizationPath(): (page: string) => string {
  const { slug } = useWorkspace().organization;
  return (page) => `/o/${slug}/${page}`;
}
