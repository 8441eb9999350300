'use client';

import { Ellipsis } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Textarea } from '@/components/ui/field';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import type { Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { toastFailure } from '@/lib/toast-failure';
import { useChangeEntry, useRemoveEntry } from '../api/provider-entries';
import { readKeys } from './create-entry-dialog';

type Entry = Schemas['ProviderEntry'];

/** On or off; moves at once and goes back if the change fails. */
export function EntrySwitch({ entry }: { entry: Entry }) {
  const change = useChangeEntry(entry.id);
  const enabled = change.isPending ? (change.variables.enabled ?? entry.enabled) : entry.enabled;
  return (
    <ToggleSwitch
      aria-label={`${entry.providerName} takes calls`}
      checked={enabled}
      onCheckedChange={(next) =>
        change.mutate(
          { enabled: next },
          { onError: (error) => toastFailure('The provider was not changed', error) },
        )
      }
    />
  );
}

function ReplaceKeys({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const change = useChangeEntry(entry.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const apiKeys = readKeys(new FormData(event.currentTarget).get('apiKeys'));
    change.mutate(
      { apiKeys },
      {
        onSuccess: () => {
          toast.success('New keys are in use within two seconds');
          onDone();
        },
      },
    );
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field id="replace-keys" label="API keys" hint="One a line. All keys of before are removed.">
        <Textarea
          id="replace-keys"
          name="apiKeys"
          className="font-mono text-xs"
          required
          spellCheck={false}
          autoFocus
          aria-describedby="replace-keys-hint"
        />
      </Field>
      {change.error ? <FailureNote error={change.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Replacing…' : 'Replace the keys'}
        </Button>
      </div>
    </form>
  );
}

/** Entries that somebody made here can be changed here; others are made anew by each start. */
export function EntryActions({ entry }: { entry: Entry }) {
  const [dialog, setDialog] = useState<'keys' | 'remove' | null>(null);
  const remove = useRemoveEntry(entry.id);
  if (entry.source !== 'operator') return null;
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="quiet" size="icon" aria-label={`Actions for ${entry.providerName}`}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => setDialog('keys')}>Replace its keys…</MenuItem>
          <MenuSeparator />
          <MenuItem className="text-signal-red" onSelect={() => setDialog('remove')}>
            Remove…
          </MenuItem>
        </MenuContent>
      </Menu>
      <Dialog open={dialog === 'keys'} onOpenChange={(open) => setDialog(open ? 'keys' : null)}>
        <DialogContent title={`Keys of ${entry.providerName}`}>
          <ReplaceKeys entry={entry} onDone={() => setDialog(null)} />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={dialog === 'remove'}
        onOpenChange={(open) => setDialog(open ? 'remove' : null)}
        title={`Remove ${entry.providerName}?`}
        action="Remove the provider"
        busy="Removing…"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setDialog(null) })}
      >
        <p>
          {plural(entry.offers, 'offer')} of it go; models that no other provider offers here answer with 404.
          Its {plural(entry.credentials.length, 'key')} cannot be brought back.
        </p>
      </ConfirmDialog>
    </>
  );
}
