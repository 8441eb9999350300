'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Page } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi, type Schemas } from '@/lib/api';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { useSaveVersion } from '../api/change-policies';
import { policyQuery, policyVersionsQuery } from '../api/policy-queries';
import { PolicyEditor } from './policy-editor';

/** Writes a further version on the ground of the latest. */
export function EditPolicy({ policyId }: { policyId: string }) {
  const { organization } = useWorkspace();
  const policy = useQuery(policyQuery(browserApi, organization.id, policyId));
  const query = useInfiniteQuery(policyVersionsQuery(browserApi, organization.id, policyId));
  return (
    <Page title={policy.data ? `Edit “${policy.data.name}”` : 'Edit a policy'}>
      <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
        {({ pages }) => {
          const latest = pages[0]?.items[0];
          return latest ? <VersionEditor policyId={policyId} latest={latest} /> : null;
        }}
      </Loaded>
    </Page>
  );
}

/** Somebody else's version that comes meanwhile is not written over: the one that was read stays the ground. */
function VersionEditor({ policyId, latest }: { policyId: string; latest: Schemas['PolicyVersion'] }) {
  const { organization } = useWorkspace();
  const path = useOrganizationPath();
  const router = useRouter();
  const [base] = useState(latest);
  const save = useSaveVersion(organization.id, policyId);
  return (
    <PolicyEditor
      initial={base.document}
      back={path(`policies/${policyId}`)}
      pending={save.isPending || save.isSuccess}
      error={save.error}
      head={<p className="text-sm text-ink-muted">On the ground of version {base.number}.</p>}
      onSave={(version) =>
        save.mutate(
          { ...version, basedOn: base.number },
          {
            onSuccess: ({ number }) => {
              toast.success(
                version.publish
                  ? `Version ${number} is in force; every gateway follows within two seconds`
                  : `Version ${number} is saved as a draft`,
              );
              router.push(path(`policies/${policyId}`));
            },
          },
        )
      }
    />
  );
}
