'use client';

import { toast } from 'sonner';
import { Ago } from '@/components/ui/time';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Schemas } from '@/lib/api';
import { countText, plural } from '@/lib/format-number';
import { useWorkspace } from '@/lib/workspace';
import { useRevokeKey } from '../api/revoke-key';

/** Names what a revocation breaks. */
export function RevokeKeyDialog({
  apiKey,
  open,
  onOpenChange,
}: {
  apiKey: Schemas['ApiKey'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { organization } = useWorkspace();
  const revoke = useRevokeKey(organization.id, apiKey.id);
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        toast.success(`Key “${apiKey.name}” is revoked`);
        onOpenChange(false);
      },
    });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Revoke “${apiKey.name}”?`}
      action="Revoke the key"
      busy="Revoking…"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
    >
      <p>
        Calls with{' '}
        <code className="font-mono text-xs">
          {apiKey.prefix}…{apiKey.lastFour}
        </code>{' '}
        fail with 401 within a second, on every gateway. This cannot be taken back.
      </p>
      <ul className="list-disc pl-5 text-ink-muted">
        <li>
          {apiKey.calls30d === 0
            ? 'It made no calls in the last 30 days.'
            : `It made ${plural(apiKey.calls30d, 'call')} in the last 30 days; whoever makes them is cut off.`}
        </li>
        <li>
          {apiKey.lastUsedAt ? (
            <>
              It was last used <Ago value={apiKey.lastUsedAt} />.
            </>
          ) : (
            'It was never used.'
          )}
        </li>
        {apiKey.budgets.length > 0 ? (
          <li>{countText(apiKey.budgets.length)} budget of its own ends with it.</li>
        ) : null}
        <li>Its rows stay in the log.</li>
      </ul>
    </ConfirmDialog>
  );
}
