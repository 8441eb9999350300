import type { Page } from '@playwright/test';

/** The control plane as the page sees it: with the browser's session, through the dashboard's origin. */
export async function browserApi<Answer>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  return page.evaluate(
    async ([verb, url, data]) => {
      const answer = await fetch(url, {
        method: verb,
        ...(data === null ? {} : { headers: { 'content-type': 'application/json' }, body: data }),
      });
      if (!answer.ok) throw new Error(`${verb} ${url} answered ${answer.status}: ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  ) as Promise<Answer>;
}

export interface Workplace {
  organizationId: string;
  slug: string;
  projectId: string;
}

/** The organization of who is logged in. */
export async function workplaceOf(page: Page): Promise<Workplace> {
  const me = await browserApi<{ organizations: { id: string; slug: string; defaultProjectId: string }[] }>(
    page,
    'GET',
    '/api/me',
  );
  const organization = me.organizations[0];
  if (!organization) throw new Error('who is logged in has no organization');
  return {
    organizationId: organization.id,
    slug: organization.slug,
    projectId: organization.defaultProjectId,
  };
}
