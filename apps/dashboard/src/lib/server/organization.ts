import 'server-only';

import { notFound } from 'next/navigation';
import { loadSharedParams, type Scope } from '../scope';
import { requireMe } from './session';

/** The organization of the path, if who is logged in belongs to it. */
export async function pageOrganization(slug: string, path = `/o/${slug}/overview`) {
  const me = await requireMe(path);
  const organization = me.organizations.find((one) => one.slug === slug);
  if (!organization) notFound();
  return organization;
}

interface OrganizationPage {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What a page of an organization reads of its address. */
export async function pageScope({
  params,
  searchParams,
}: OrganizationPage): Promise<{ scope: Scope; range: string }> {
  const organization = await pageOrganization((await params).organization);
  const { range, project } = await loadSharedParams(searchParams);
  return { scope: { organizationId: organization.id, projectId: project }, range };
}
