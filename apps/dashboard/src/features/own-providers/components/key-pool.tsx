'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useChangeOwnProvider } from '../api/own-providers';

type Provider = Schemas['OwnProvider'];
type Credential = Provider['credentials'][number];

/** The keys of a provider, by their first and last characters. */
export function KeyPool({ provider }: { provider: Provider }) {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const [leaving, setLeaving] = useState<Credential | null>(null);
  const change = useChangeOwnProvider(organization.id, provider.id);
  if (provider.credentials.length === 0)
    return <p className="text-xs text-ink-muted">Called without a key.</p>;
  const canLeave = isAdmin && (provider.credentials.length > 1 || provider.isEndpoint);
  return (
    <>
      <ul className="flex flex-wrap gap-2" aria-label={`Keys of ${provider.providerName}`}>
        {provider.credentials.map((credential) => (
          <li
            key={credential.id}
            className="flex h-7 items-center gap-2 rounded-md border border-rule bg-paper-sunken px-2 text-xs"
          >
            <code className="font-mono">{credential.hint}</code>
            <span className="text-ink-muted">
              added <Time value={credential.createdAt} as="date" />
            </span>
            {canLeave ? (
              <Button
                variant="quiet"
                size="icon"
                className="-mr-1.5 size-6"
                aria-label={`Remove the key ${credential.hint}`}
                onClick={() => setLeaving(credential)}
              >
                <X aria-hidden />
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => (open ? undefined : setLeaving(null))}
        title={`Remove the key ${leaving?.hint ?? ''}?`}
        action="Remove the key"
        busy="Removing…"
        pending={change.isPending}
        error={change.error}
        onConfirm={() =>
          leaving && change.mutate({ removeCredentials: [leaving.id] }, { onSuccess: () => setLeaving(null) })
        }
      >
        <p>
          Calls stop using it within two seconds; the other keys of {provider.providerName} go on. It cannot
          be brought back, only typed again.
        </p>
      </ConfirmDialog>
    </>
  );
}
