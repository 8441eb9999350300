'use client';

import type { FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Textarea } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import type { Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { useChangeOwnProvider } from '../api/own-providers';
import { readKeys } from '../read-keys';

/** More keys for the pool of a provider that is there. */
export function AddKeysForm({ provider, onDone }: { provider: Schemas['OwnProvider']; onDone: () => void }) {
  const { organization } = useWorkspace();
  const change = useChangeOwnProvider(organization.id, provider.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const addApiKeys = readKeys(new FormData(event.currentTarget).get('apiKeys'));
    change.mutate(
      { addApiKeys },
      {
        onSuccess: () => {
          toast.success('The keys are in use within two seconds');
          onDone();
        },
      },
    );
  };
  const error = fieldError(change.error, 'addApiKeys') ?? fieldError(change.error, 'addApiKeys.0');
  const failure = formFailure(change.error, ['addApiKeys', 'addApiKeys.0']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field id="more-keys" label="API keys" hint="One a line; those of before stay." error={error}>
        <Textarea
          id="more-keys"
          name="apiKeys"
          className="font-mono text-xs"
          required
          autoFocus
          spellCheck={false}
          autoComplete="off"
          aria-describedby="more-keys-hint"
        />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Adding…' : 'Add the keys'}
        </Button>
      </div>
    </form>
  );
}
