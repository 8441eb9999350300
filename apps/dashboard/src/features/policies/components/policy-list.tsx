'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { DataTable, type Column } from '@/components/data/data-table';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Ago } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { policiesQuery } from '@/lib/queries/policies-query';
import { useScope } from '@/lib/use-scope';
import { useIsAdmin, useOrganizationPath } from '@/lib/workspace';
import { failoverWords } from '../failover-words';
import { usersOf } from '../policy-use';
import { PolicyState } from './policy-state';

const dash = <span className="text-ink-muted">–</span>;

export function NewPolicyLink() {
  const path = useOrganizationPath();
  if (!useIsAdmin()) return null;
  return (
    <Button variant="primary" asChild>
      <Link href={path('policies/new')}>
        <Plus aria-hidden />
        New policy
      </Link>
    </Button>
  );
}

function columns(path: (page: string) => string): readonly Column<Schemas['Policy']>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      phone: 'title',
      cell: ({ id, name }) => (
        <Link className="font-medium hover:underline" href={path(`policies/${id}`)}>
          {name}
        </Link>
      ),
    },
    { id: 'state', head: 'State', cell: (policy) => <PolicyState policy={policy} /> },
    {
      id: 'says',
      head: 'Says',
      cell: ({ publishedDocument }) => {
        const words = failoverWords(publishedDocument?.failover);
        return words.length > 0 ? words.join(' · ') : dash;
      },
    },
    { id: 'project', head: 'Project', cell: ({ projectName }) => projectName, phone: 'hidden' },
    { id: 'users', head: 'Holds for', cell: (policy) => usersOf(policy) ?? dash },
    {
      id: 'published',
      head: 'Published',
      cell: ({ publishedAt }) => (publishedAt ? <Ago value={publishedAt} /> : dash),
    },
  ];
}

/** Policies of the scope. */
export function PolicyList() {
  const { scope } = useScope();
  const path = useOrganizationPath();
  const isAdmin = useIsAdmin();
  const query = useQuery(policiesQuery(browserApi, scope));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={3} />}>
      {(policies) =>
        policies.length === 0 ? (
          <EmptyState title="No policy yet">
            <p className="text-ink-muted">
              Without one, calls fail over by the product’s own clocks, and requests may say otherwise. A
              policy says it once for a project or for some of its keys: how long to wait for a first token,
              when to ask a second provider, which models to fall back to. A request’s own words still win.
              {isAdmin ? '' : ' Admins write them.'}
            </p>
            {isAdmin ? (
              <Button asChild>
                <Link href={path('policies/new')}>Write the first one</Link>
              </Button>
            ) : null}
          </EmptyState>
        ) : (
          <DataTable label="Policies" columns={columns(path)} rows={policies} rowKey={({ id }) => id} />
        )
      }
    </Loaded>
  );
}
