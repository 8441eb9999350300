'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import type { Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { useChangeKey } from '../api/change-key';
import { AllowedModels } from './allowed-models';
import { LimitFields, readLimit } from './limit-fields';
import { PolicyField, readPolicy } from './policy-field';

const SHOWN = ['name', 'policyId', 'requestsPerMinute', 'maxConcurrency', 'expiresAt'];

function chosenPolicy({ policyId, policyName }: Schemas['ApiKey']) {
  return policyId === null ? null : { id: policyId, name: policyName ?? policyId };
}

function EditKeyForm({ apiKey, onDone }: { apiKey: Schemas['ApiKey']; onDone: () => void }) {
  const { organization } = useWorkspace();
  const change = useChangeKey(organization.id, apiKey.id);
  const [allowedModels, setAllowedModels] = useState(apiKey.allowedModels);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const day = String(form.get('expiresOn') ?? '');
    change.mutate(
      {
        name: String(form.get('name')),
        requestsPerMinute: readLimit(form, 'requestsPerMinute'),
        maxConcurrency: readLimit(form, 'maxConcurrency'),
        allowedModels,
        policyId: readPolicy(form),
        expiresAt: day === '' ? null : new Date(`${day}T23:59:59`).toISOString(),
      },
      {
        onSuccess: () => {
          toast.success('Saved; every gateway follows within two seconds');
          onDone();
        },
      },
    );
  };
  const failure = formFailure(change.error, SHOWN);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field id="edit-name" label="Name" error={fieldError(change.error, 'name')}>
        <Input id="edit-name" name="name" defaultValue={apiKey.name} maxLength={80} required autoFocus />
      </Field>
      <AllowedModels chosen={allowedModels} onChange={setAllowedModels} />
      <PolicyField projectId={apiKey.projectId} chosen={chosenPolicy(apiKey)} error={change.error} />
      <LimitFields limits={apiKey} error={change.error} />
      <Field
        id="edit-expires"
        label="Expires at the end of"
        hint="Empty: never."
        error={fieldError(change.error, 'expiresAt')}
      >
        <Input
          id="edit-expires"
          name="expiresOn"
          type="date"
          defaultValue={apiKey.expiresAt?.slice(0, 10) ?? ''}
        />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

export function EditKeyDialog({
  apiKey,
  open,
  onOpenChange,
}: {
  apiKey: Schemas['ApiKey'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Change “${apiKey.name}”`}>
        <EditKeyForm apiKey={apiKey} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
