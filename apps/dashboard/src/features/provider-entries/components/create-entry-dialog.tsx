'use client';

import { Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, Textarea } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import { useCreateEntry } from '../api/provider-entries';
import { EndpointFields } from './endpoint-fields';

/** Keys as they were typed, one a line. */
export function readKeys(text: FormDataEntryValue | null): string[] {
  return String(text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const SHOWN = [
  ...['providerId', 'baseUrl', 'apiKeys', 'protocol'],
  ...['unlistedPrice', 'unlistedPrice.input', 'unlistedPrice.output'],
];

function CreateEntryForm({ onDone }: { onDone: () => void }) {
  const create = useCreateEntry();
  const [isEndpoint, setIsEndpoint] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    create.mutate(
      {
        providerId: text('providerId'),
        apiKeys: readKeys(form.get('apiKeys')),
        ...(text('baseUrl') ? { baseUrl: text('baseUrl') } : {}),
        ...(isEndpoint ? { protocol: text('protocol') } : {}),
        unlistedPrice: isEndpoint ? { input: text('input'), output: text('output') } : null,
      },
      {
        onSuccess: ({ providerName }) => {
          toast.success(`${providerName} can be called within two seconds`);
          onDone();
        },
      },
    );
  };
  const failure = formFailure(create.error, SHOWN);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id="entry-provider"
        label="Provider"
        hint={
          isEndpoint
            ? 'A name of its own; it is called as name/any-model.'
            : 'Its id in the catalog, such as openai or groq.'
        }
        error={fieldError(create.error, 'providerId')}
      >
        <Input
          id="entry-provider"
          name="providerId"
          required
          autoFocus
          aria-describedby="entry-provider-hint"
        />
      </Field>
      <Field
        id="entry-url"
        label="Base URL"
        hint={isEndpoint ? 'As clients of the endpoint write it.' : 'Empty: the provider’s own.'}
        error={fieldError(create.error, 'baseUrl')}
      >
        <Input
          id="entry-url"
          name="baseUrl"
          type="url"
          placeholder="https://…"
          required={isEndpoint}
          aria-describedby="entry-url-hint"
        />
      </Field>
      <Field
        id="entry-keys"
        label="API keys"
        hint="One a line. They are encrypted, and never shown again."
        error={fieldError(create.error, 'apiKeys')}
      >
        <Textarea
          id="entry-keys"
          name="apiKeys"
          className="font-mono text-xs"
          required={!isEndpoint}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="entry-keys-hint"
        />
      </Field>
      <div className="flex items-center gap-2 text-sm">
        <ToggleSwitch id="entry-endpoint" checked={isEndpoint} onCheckedChange={setIsEndpoint} />
        <label htmlFor="entry-endpoint">An endpoint that the catalog does not know</label>
      </div>
      {isEndpoint ? <EndpointFields error={create.error} /> : null}
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={create.isPending}>
          {create.isPending ? 'Adding…' : 'Add the provider'}
        </Button>
      </div>
    </form>
  );
}

export function CreateEntryDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          Add a provider
        </Button>
      </DialogTrigger>
      <DialogContent title="Add a provider">
        <CreateEntryForm onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
