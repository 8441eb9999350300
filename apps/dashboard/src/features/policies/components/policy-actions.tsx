'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Schemas } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { useArchivePolicy, useSetDefaultPolicy } from '../api/change-policies';
import { usersOf } from '../policy-use';

type Policy = Schemas['Policy'];

function ArchiveDialog({
  policy,
  open,
  onOpenChange,
}: {
  policy: Policy;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { organization } = useWorkspace();
  const path = useOrganizationPath();
  const router = useRouter();
  const archive = useArchivePolicy(organization.id, policy.id);
  const users = usersOf(policy);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Archive “${policy.name}”?`}
      action="Archive the policy"
      busy="Archiving…"
      pending={archive.isPending}
      error={archive.error}
      onConfirm={() =>
        archive.mutate(undefined, {
          onSuccess: () => {
            toast.success(`“${policy.name}” is archived`);
            router.push(path('policies'));
          },
        })
      }
    >
      <p>
        {users
          ? `It is in use: ${users}. Give those another policy first, or none.`
          : 'Nobody uses it. Its versions stay for the log’s sake; it cannot be published again.'}
      </p>
    </ConfirmDialog>
  );
}

/** Edit, default of the project, archive. */
export function PolicyActions({ policy }: { policy: Policy }) {
  const { organization } = useWorkspace();
  const path = useOrganizationPath();
  const [archives, setArchives] = useState(false);
  const setDefault = useSetDefaultPolicy(organization.id, policy.projectId);
  if (!useIsAdmin() || policy.archivedAt) return null;
  const { isProjectDefault, projectName } = policy;
  const toggleDefault = () =>
    setDefault.mutate(isProjectDefault ? null : policy.id, {
      onSuccess: () =>
        toast.success(
          isProjectDefault
            ? `${projectName} has no default policy any more`
            : `Every key of ${projectName} without a policy of its own goes by “${policy.name}”`,
        ),
      onError: (error) => toastFailure('The project was not changed', error),
    });
  return (
    <>
      <Button variant="quiet" onClick={() => setArchives(true)}>
        Archive
      </Button>
      {policy.publishedVersion === null ? null : (
        <Button disabled={setDefault.isPending} onClick={toggleDefault}>
          {isProjectDefault ? 'No longer the project’s default' : 'Make it the project’s default'}
        </Button>
      )}
      <Button variant="primary" asChild>
        <Link href={path(`policies/${policy.id}/edit`)}>Edit</Link>
      </Button>
      <ArchiveDialog policy={policy} open={archives} onOpenChange={setArchives} />
    </>
  );
}
