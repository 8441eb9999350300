'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsInteger, useQueryState } from 'nuqs';
import { toast } from 'sonner';
import { MoreRows } from '@/components/data/more-rows';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { StatusMark } from '@/components/ui/status-mark';
import { Ago } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { usePublishVersion } from '../api/change-policies';
import { policyVersionsQuery } from '../api/policy-queries';
import { ChangeTable } from './change-table';

type Policy = Schemas['Policy'];
type Version = Schemas['PolicyVersion'];

/** Publishes with one click, and takes it back with another. The list outlives the button that was clicked. */
function usePublishing(policy: Policy) {
  const { organization } = useWorkspace();
  const publish = usePublishVersion(organization.id, policy.id);
  const put = (number: number, instead: number | null) =>
    publish.mutate(number, {
      onSuccess: () =>
        toast.success(`Version ${number} is in force; every gateway follows within two seconds`, {
          ...(instead === null ? {} : { action: { label: 'Undo', onClick: () => put(instead, null) } }),
        }),
      onError: (error) => toastFailure('Nothing was published', error),
    });
  return {
    put: (number: number) => put(number, policy.publishedVersion),
    pending: publish.isPending ? publish.variables : null,
  };
}

function PublishButton({
  number,
  inForce,
  pending,
  onPublish,
}: {
  number: number;
  inForce: number | null;
  /** The version that is being published. */
  pending: number | null;
  onPublish: (number: number) => void;
}) {
  const isOlder = inForce !== null && number < inForce;
  return (
    <Button size="sm" disabled={pending !== null} onClick={() => onPublish(number)}>
      {pending === number ? 'Publishing…' : `${isOlder ? 'Roll back to' : 'Publish'} version ${number}`}
    </Button>
  );
}

function VersionRow({
  policy,
  version,
  previous,
  open,
  onToggle,
  publishing,
}: {
  policy: Policy;
  version: Version;
  previous: Version | undefined;
  open: boolean;
  onToggle: () => void;
  publishing: ReturnType<typeof usePublishing>;
}) {
  const isAdmin = useIsAdmin();
  // A draft or an older version is seen beside what it would replace, the one in force beside what it replaced.
  const against =
    version.isPublished || policy.publishedVersion === null
      ? { number: previous?.number ?? null, document: previous?.document ?? {} }
      : { number: policy.publishedVersion, document: policy.publishedDocument ?? {} };
  const label =
    against.number === null
      ? `What version ${version.number} says`
      : `Version ${version.number} beside version ${against.number}`;
  return (
    <li className="border-b border-rule py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="w-24 font-medium tabular-nums">Version {version.number}</p>
        <div className="min-w-40 flex-1">
          {version.note ? <p className="break-words">{version.note}</p> : null}
          <p className="text-xs text-ink-muted">
            {version.authorName ?? 'somebody who is gone'}, <Ago value={version.createdAt} />
          </p>
        </div>
        {version.isPublished ? <StatusMark signal="clear">In force</StatusMark> : null}
        <div className="flex gap-1">
          <Button size="sm" variant="quiet" aria-expanded={open} onClick={onToggle}>
            {open ? 'Hide' : 'Compare'}
          </Button>
          {isAdmin && !version.isPublished && !policy.archivedAt ? (
            <PublishButton
              number={version.number}
              inForce={policy.publishedVersion}
              pending={publishing.pending}
              onPublish={publishing.put}
            />
          ) : null}
        </div>
      </div>
      {open ? (
        <div className="mt-3 grid gap-4 border-l-2 border-rule-strong pl-4 lg:grid-cols-2">
          <div>
            <p className="mb-1 text-xs text-ink-muted">{label}</p>
            <ChangeTable label={label} before={against.document} after={version.document} />
          </div>
          <CodeBlock
            label={`version ${version.number}`}
            code={JSON.stringify(version.document, null, 2)}
            className="self-start"
          />
        </div>
      ) : null}
    </li>
  );
}

/** Every version of a policy, newest first; the one that the address names is open. */
export function VersionList({ policy }: { policy: Policy }) {
  const { organization } = useWorkspace();
  const [shown, setShown] = useQueryState('version', parseAsInteger);
  const query = useInfiniteQuery(policyVersionsQuery(browserApi, organization.id, policy.id));
  const publishing = usePublishing(policy);
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={3} />}>
      {({ pages }) => {
        const versions = pages.flatMap(({ items }) => items);
        return (
          <div className="flex flex-col items-start gap-3">
            <ul aria-label="Versions" className="w-full border-t border-rule-strong">
              {versions.map((version, place) => (
                <VersionRow
                  key={version.id}
                  policy={policy}
                  version={version}
                  previous={versions[place + 1]}
                  publishing={publishing}
                  open={shown === version.number}
                  onToggle={() => void setShown(shown === version.number ? null : version.number)}
                />
              ))}
            </ul>
            <MoreRows query={query} what="Older versions" />
          </div>
        );
      }}
    </Loaded>
  );
}
