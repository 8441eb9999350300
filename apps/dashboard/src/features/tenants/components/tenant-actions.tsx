'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import type { Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { toastFailure } from '@/lib/toast-failure';
import { useChangeTenant } from '../api/change-tenant';
import { GrantCreditDialog } from './grant-credit-dialog';
import { LimitDialog } from './limit-dialog';

/** What an operator can do with an organization. */
export function TenantActions({ tenant }: { tenant: Schemas['Tenant'] }) {
  const [dialog, setDialog] = useState<'grant' | 'limits' | 'suspend' | null>(null);
  const change = useChangeTenant(tenant.organizationId);
  const props = (name: typeof dialog) => ({
    open: dialog === name,
    onOpenChange: (open: boolean) => setDialog(open ? name : null),
  });
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="quiet" size="icon" aria-label={`Actions for ${tenant.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => setDialog('grant')}>Grant credit…</MenuItem>
          <MenuItem onSelect={() => setDialog('limits')}>Limits…</MenuItem>
          <MenuSeparator />
          {tenant.suspendedAt ? (
            <MenuItem
              onSelect={() =>
                change.mutate(
                  { suspended: false },
                  { onError: (error) => toastFailure('It stays suspended', error) },
                )
              }
            >
              Let it call again
            </MenuItem>
          ) : (
            <MenuItem className="text-signal-red" onSelect={() => setDialog('suspend')}>
              Suspend…
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      <GrantCreditDialog tenant={tenant} {...props('grant')} />
      <LimitDialog tenant={tenant} {...props('limits')} />
      <ConfirmDialog
        {...props('suspend')}
        title={`Suspend ${tenant.name}?`}
        action="Suspend"
        busy="Suspending…"
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ suspended: true }, { onSuccess: () => setDialog(null) })}
      >
        <p>
          {plural(tenant.activeKeys, 'active key')} and the playgrounds of {plural(tenant.members, 'member')}{' '}
          are refused within a second. Its data stays, and it can be let in again.
        </p>
      </ConfirmDialog>
    </>
  );
}
