'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Page, Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { CodeBlock } from '@/components/ui/code-block';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { policyQuery } from '../api/policy-queries';
import { failoverWords } from '../failover-words';
import { PolicyActions } from './policy-actions';
import { PolicyState } from './policy-state';
import { VersionList } from './version-list';

type Policy = Schemas['Policy'];

function Facts({ policy }: { policy: Policy }) {
  const path = useOrganizationPath();
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['State', <PolicyState key="state" policy={policy} />],
    ['Published', policy.publishedAt ? <Time key="published" value={policy.publishedAt} /> : '–'],
    ['Project', `${policy.projectName}${policy.isProjectDefault ? ', its default' : ''}`],
    [
      'Keys',
      policy.keys > 0 ? (
        <Link key="keys" className="underline" href={path('keys')}>
          {plural(policy.keys, 'key')}
        </Link>
      ) : (
        'none'
      ),
    ],
  ];
  return (
    <dl className="grid border-t border-rule text-sm sm:grid-cols-2 lg:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="py-2.5 pr-4">
          <dt className="text-xs text-ink-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function InForce({ document }: { document: Schemas['PolicyDocument'] | null }) {
  if (document === null) {
    return (
      <p className="text-sm text-ink-muted">
        Nothing yet: keys and projects can be given this policy once a version is published.
      </p>
    );
  }
  const words = failoverWords(document.failover);
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      {words.length > 0 ? (
        <ul className="flex flex-col text-sm">
          {words.map((word) => (
            <li key={word} className="border-b border-rule py-1.5 break-words first-letter:uppercase">
              {word}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-ink-muted">It changes nothing: calls go as without a policy.</p>
      )}
      <CodeBlock label="document" code={JSON.stringify(document, null, 2)} className="self-start" />
    </div>
  );
}

/** A policy: what is in force, whose calls go by it, and how it came to be. */
export function PolicyDetail({ policyId }: { policyId: string }) {
  const { organization } = useWorkspace();
  const query = useQuery(policyQuery(browserApi, organization.id, policyId));
  return (
    <Page
      title={query.data?.name ?? 'Policy'}
      actions={query.data ? <PolicyActions policy={query.data} /> : null}
    >
      <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
        {(policy) => (
          <div className="flex flex-col gap-8">
            <Facts policy={policy} />
            <Section title="In force">
              <InForce document={policy.publishedDocument} />
            </Section>
            <Section title="Versions">
              <VersionList policy={policy} />
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
