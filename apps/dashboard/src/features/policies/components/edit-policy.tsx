'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi, type Schemas } from '@/lib/api';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { useSaveVersion } from '../api/change-policies';
import { policyVersionsQuery } from '../api/policy-queries';
import { PolicyEditor } from './policy-editor';

/** Writes a further version on the ground of the latest. */
export function EditPolicy({ policyId }: { policyId: string }) {
  const { organization } = useWorkspace();
  const query = useInfiniteQuery(policyVersionsQuery(browserApi, organization.id, policyId));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
      {({ pages }) => {
        const latest = pages[0]?.items[0];
        return latest ? <VersionEditor policyId={policyId} latest={latest} /> : null;
      }}
    </Loaded>
  );
}

function VersionEditor({ policyId, latest }: { policyId: string; latest: Schemas['PolicyVersion'] }) {
  const { organization } = useWorkspace();
  const path = useOrganizationPath();
  const router = useRouter();
  const save = useSaveVersion(organization.id, policyId);
  return (
    <PolicyEditor
      initial={latest.document}
      pending={save.isPending || save.isSuccess}
      error={save.error}
      head={<p className="text-sm text-ink-muted">On the ground of version {latest.number}, the latest.</p>}
      onSave={(version) =>
        save.mutate(
          { ...version, basedOn: latest.number },
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
