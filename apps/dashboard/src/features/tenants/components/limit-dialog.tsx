'use client';

import type { FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import type { Schemas } from '@/lib/api';
import { useChangeTenant } from '../api/change-tenant';

const limitOf = (value: FormDataEntryValue | null) =>
  value === null || String(value).trim() === '' ? null : Number(value);

function LimitForm({ tenant, onDone }: { tenant: Schemas['Tenant']; onDone: () => void }) {
  const change = useChangeTenant(tenant.organizationId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate(
      {
        requestsPerMinute: limitOf(form.get('requestsPerMinute')),
        maxConcurrency: limitOf(form.get('maxConcurrency')),
      },
      {
        onSuccess: () => {
          toast.success('Saved; every gateway follows within two seconds');
          onDone();
        },
      },
    );
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="tenant-rpm" label="Requests per minute">
          <Input
            id="tenant-rpm"
            name="requestsPerMinute"
            type="number"
            min={1}
            placeholder="No limit"
            defaultValue={tenant.requestsPerMinute ?? ''}
            autoFocus
          />
        </Field>
        <Field id="tenant-concurrency" label="Calls at once">
          <Input
            id="tenant-concurrency"
            name="maxConcurrency"
            type="number"
            min={1}
            placeholder="No limit"
            defaultValue={tenant.maxConcurrency ?? ''}
          />
        </Field>
      </div>
      {change.error ? <FailureNote error={change.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

export function LimitDialog({
  tenant,
  open,
  onOpenChange,
}: {
  tenant: Schemas['Tenant'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Limits of ${tenant.name}`}>
        <LimitForm tenant={tenant} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
