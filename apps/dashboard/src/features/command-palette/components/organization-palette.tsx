'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Palette } from '@/components/frame/palette';
import { ORGANIZATION_RAIL } from '@/components/frame/stations';
import { browserApi } from '@/lib/api';
import { keysQuery } from '@/lib/queries/keys-query';
import { modelsQuery } from '@/lib/queries/models-query';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';

const faint = (text: string) => <span className="ml-auto truncate text-2xs text-ink-muted">{text}</span>;

/** Pages, things to do, keys and models of the organization. */
export function OrganizationPalette() {
  const { organization, me } = useWorkspace();
  const path = useOrganizationPath();
  const [asked, setAsked] = useState(false);
  // What the palette lists is loaded when it is first opened, not with every page.
  const models = useQuery({ ...modelsQuery(browserApi, organization.id), enabled: asked });
  const keys = useQuery({
    ...keysQuery(browserApi, { organizationId: organization.id, projectId: null }),
    enabled: asked,
  });
  const groups = useMemo(
    () => [
      {
        heading: 'Pages',
        items: [
          ...ORGANIZATION_RAIL.flat().map(({ page, label, keywords = [] }) => ({
            id: `page ${label}`,
            label,
            keywords,
            href: path(page),
          })),
          { id: 'page Members', label: 'Members', keywords: ['invite', 'team'], href: path('settings/members') },
          { id: 'page Audit log', label: 'Audit log', keywords: ['changes'], href: path('settings/audit') },
          { id: 'page Your account', label: 'Your account', keywords: ['password'], href: path('settings/account') },
          ...(me.operator ? [{ id: 'page Operators’ area', label: 'Operators’ area', href: '/operator/tenants' }] : []),
        ],
      },
      {
        heading: 'Do',
        items: [
          { id: 'do New key', label: 'Create a key', keywords: ['new', 'api'], href: `${path('keys')}?new=true` },
          { id: 'do Live tail', label: 'Watch requests live', keywords: ['tail', 'log'], href: `${path('requests')}?live=true` },
          { id: 'do Failed', label: 'Failed requests', keywords: ['errors'], href: `${path('requests')}?status=4xx,5xx` },
          { id: 'do Rescued', label: 'Requests saved by failover', keywords: ['failover', 'rescued'], href: `${path('requests')}?failedOver=true` },
          { id: 'do First request', label: 'Code for the first request', keywords: ['start', 'curl'], href: path('start') },
        ],
      },
      {
        heading: 'Keys',
        items: (keys.data?.items ?? [])
          .filter(({ state }) => state === 'active')
          .map(({ id, name, prefix, lastFour }) => ({
            id: `key ${name} ${id}`,
            label: (
              <>
                {name}
                {faint(`${prefix}…${lastFour}`)}
              </>
            ),
            href: `${path('requests')}?key=${id}`,
          })),
      },
      {
        heading: 'Models',
        items: (models.data ?? []).map(({ id, name }) => ({
          id: `model ${id} ${name}`,
          label: (
            <>
              {name}
              {faint(id)}
            </>
          ),
          href: path(`models/${id}`),
        })),
      },
    ],
    [keys.data, models.data, path, me.operator],
  );
  const onOpen = useCallback(() => setAsked(true), []);
  return <Palette groups={groups} onOpen={onOpen} />;
}
