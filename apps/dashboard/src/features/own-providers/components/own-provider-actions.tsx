'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import type { Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { useWorkspace } from '@/lib/workspace';
import { useRemoveOwnProvider } from '../api/own-providers';
import { AddKeysForm } from './add-keys-form';
import { TrialForm } from './trial-form';

type Provider = Schemas['OwnProvider'];

export function OwnProviderActions({ provider }: { provider: Provider }) {
  const { organization } = useWorkspace();
  const [dialog, setDialog] = useState<'test' | 'keys' | 'remove' | null>(null);
  const remove = useRemoveOwnProvider(organization.id, provider.id);
  const opens = (name: 'test' | 'keys' | 'remove') => ({
    open: dialog === name,
    onOpenChange: (open: boolean) => setDialog(open ? name : null),
  });
  return (
    <div className="flex items-center gap-1">
      <Button size="sm" onClick={() => setDialog('test')}>
        Test
      </Button>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="quiet" size="icon" aria-label={`Actions for ${provider.providerName}`}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => setDialog('keys')}>Add keys…</MenuItem>
          <MenuSeparator />
          <MenuItem className="text-signal-red" onSelect={() => setDialog('remove')}>
            Remove…
          </MenuItem>
        </MenuContent>
      </Menu>
      <Dialog {...opens('test')}>
        <DialogContent title={`Test ${provider.providerName}`}>
          <TrialForm provider={provider} />
        </DialogContent>
      </Dialog>
      <Dialog {...opens('keys')}>
        <DialogContent title={`Add keys to ${provider.providerName}`}>
          <AddKeysForm provider={provider} onDone={() => setDialog(null)} />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        {...opens('remove')}
        title={`Remove ${provider.providerName}?`}
        action="Remove it with its keys"
        busy="Removing…"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setDialog(null) })}
      >
        <p>
          {provider.isEndpoint
            ? `Calls to ${provider.providerId}/… answer with 404 from then on.`
            : 'Calls go to the platform’s keys from then on, and cost what they cost everybody.'}{' '}
          {provider.credentials.length > 0
            ? `Its ${plural(provider.credentials.length, 'key')} cannot be brought back.`
            : null}
        </p>
      </ConfirmDialog>
    </div>
  );
}
