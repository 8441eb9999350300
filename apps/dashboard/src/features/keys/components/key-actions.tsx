'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import type { Schemas } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { useChangeKey } from '../api/change-key';
import { EditKeyDialog } from './edit-key-dialog';
import { RevokeKeyDialog } from './revoke-key-dialog';
import { RotateKeyDialog } from './rotate-key-dialog';

/** What can be done with a key. */
export function KeyActions({ apiKey }: { apiKey: Schemas['ApiKey'] }) {
  const path = useOrganizationPath();
  const { organization } = useWorkspace();
  const [dialog, setDialog] = useState<'edit' | 'rotate' | 'revoke' | null>(null);
  const props = (name: typeof dialog) => ({
    apiKey,
    open: dialog === name,
    onOpenChange: (open: boolean) => setDialog(open ? name : null),
  });
  const change = useChangeKey(organization.id, apiKey.id);
  const toggle = () => {
    const disabled = apiKey.state !== 'disabled';
    change.mutate(
      { disabled },
      {
        onSuccess: () =>
          toast.success(`“${apiKey.name}” is switched ${disabled ? 'off' : 'on'}`, {
            action: { label: 'Undo', onClick: () => change.mutate({ disabled: !disabled }) },
          }),
        onError: (error) => toastFailure('The key was not changed', error),
      },
    );
  };
  const live = apiKey.state !== 'revoked';
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="quiet" size="icon" aria-label={`Actions for ${apiKey.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem asChild>
            <Link href={`${path('requests')}?key=${apiKey.id}`}>Its requests</Link>
          </MenuItem>
          {live ? (
            <>
              <MenuItem onSelect={() => setDialog('edit')}>Change…</MenuItem>
              <MenuItem onSelect={() => setDialog('rotate')}>Replace…</MenuItem>
              <MenuItem onSelect={toggle}>
                {apiKey.state === 'disabled' ? 'Switch on' : 'Switch off'}
              </MenuItem>
              <MenuSeparator />
              <MenuItem className="text-signal-red" onSelect={() => setDialog('revoke')}>
                Revoke…
              </MenuItem>
            </>
          ) : null}
        </MenuContent>
      </Menu>
      <EditKeyDialog {...props('edit')} />
      <RotateKeyDialog {...props('rotate')} />
      <RevokeKeyDialog {...props('revoke')} />
    </>
  );
}
