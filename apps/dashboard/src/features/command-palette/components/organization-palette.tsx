'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Palette } from '@/components/frame/palette';
import { ORGANIZATION_RAIL } from '@/components/frame/stations';
import { browserApi, type Schemas } from '@/lib/api';
import { keysQuery } from '@/lib/queries/keys-query';
import { modelsQuery } from '@/lib/queries/models-query';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';

const faint = (text: string) => <span className="ml-auto truncate text-2xs text-ink-muted">{text}</span>;

interface Found {
  models: readonly Schemas['CatalogModel'][];
  keys: readonly Schemas['ApiKey'][];
}

/** Pages, things to do, keys and models of the organization. */
export function OrganizationPalette() {
  const { organization, me } = useWorkspace();
  const path = useOrganizationPath();
  const client = useQueryClient();
  const [{ models, keys }, setFound] = useState<Found>({ models: [], keys: [] });
  // Loaded when it is first opened, and not as queries of this component: those would stand in the way of the answers
  // that a page brings from the server.
  const onOpen = useCallback(() => {
    const everywhere = { organizationId: organization.id, projectId: null };
    void Promise.all([
      client.ensureQueryData(modelsQuery(browserApi, organization.id)).catch(() => []),
      client.ensureQueryData(keysQuery(browserApi, everywhere)).catch(() => ({ items: [] })),
    ]).then(([found, { items }]) => setFound({ models: found, keys: items }));
  }, [client, organization.id]);
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
          {
            id: 'page Members',
            label: 'Members',
            keywords: ['invite', 'team'],
            href: path('settings/members'),
          },
          { id: 'page Audit log', label: 'Audit log', keywords: ['changes'], href: path('settings/audit') },
          {
            id: 'page Your account',
            label: 'Your account',
            keywords: ['password'],
            href: path('settings/account'),
          },
          ...(me.operator
            ? [{ id: 'page Operators’ area', label: 'Operators’ area', href: '/operator/tenants' }]
            : []),
        ],
      },
      {
        heading: 'Do',
        items: [
          {
            id: 'do New key',
            label: 'Create a key',
            keywords: ['new', 'api'],
            href: `${path('keys')}?new=true`,
          },
          {
            id: 'do Live tail',
            label: 'Watch requests live',
            keywords: ['tail', 'log'],
            href: `${path('requests')}?live=true`,
          },
          {
            id: 'do Failed',
            label: 'Failed requests',
            keywords: ['errors'],
            href: `${path('requests')}?status=4xx,5xx`,
          },
          {
            id: 'do Rescued',
            label: 'Requests saved by failover',
            keywords: ['failover', 'rescued'],
            href: `${path('requests')}?failedOver=true`,
          },
          {
            id: 'do First request',
            label: 'Code for the first request',
            keywords: ['start', 'curl'],
            href: path('start'),
          },
        ],
      },
      {
        heading: 'Keys',
        items: keys
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
        items: models.map(({ id, name }) => ({
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
    [keys, models, path, me.operator],
  );
  return <Palette groups={groups} onOpen={onOpen} />;
}
