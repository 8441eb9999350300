'use client';

import { useQuery } from '@tanstack/react-query';
import { Section } from '@/components/frame/page';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi } from '@/lib/api';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { ownProvidersQuery } from '../api/own-providers';
import { AddProviderDialog } from './add-provider-dialog';
import { OwnProviderRow } from './own-provider-row';

/** Everything that the organization reaches with keys of its own. */
export function OwnProviderList() {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const query = useQuery(ownProvidersQuery(browserApi, organization.id));
  return (
    <Section title="Own providers" actions={isAdmin ? <AddProviderDialog /> : null}>
      <p className="mb-4 max-w-2xl text-sm text-ink-muted">
        Calls go out with your own keys first. The provider bills you for them; your wallet pays your plan’s
        fee for it, if there is one.
      </p>
      <Loaded query={query} skeleton={<RowSkeletons rows={3} />}>
        {(providers) =>
          providers.length === 0 ? (
            <EmptyState title="All calls use the platform’s keys">
              <p className="text-ink-muted">
                Add a key for OpenAI, Anthropic or any other provider, or an endpoint of your own: your vLLM
                under the name <code className="font-mono text-xs">my-vllm</code> is called as{' '}
                <code className="font-mono text-xs">my-vllm/any-model</code>.
              </p>
              {isAdmin ? null : <p className="text-ink-muted">Owners and admins can add them.</p>}
            </EmptyState>
          ) : (
            <ul className="border-t border-rule-strong">
              {providers.map((provider) => (
                <OwnProviderRow key={provider.id} provider={provider} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
