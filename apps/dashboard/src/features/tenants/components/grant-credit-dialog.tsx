'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import type { Schemas } from '@/lib/api';
import { readUsd, shortUsd } from '@/lib/format-money';
import { useGrantCredit } from '../api/grant-credit';

function GrantForm({ tenant, onDone }: { tenant: Schemas['Tenant']; onDone: () => void }) {
  const grant = useGrantCredit(tenant.organizationId);
  // One per opened form: a second click or a repeated request grants nothing more.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [badAmount, setBadAmount] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amount = readUsd(String(form.get('amount')));
    if (amount === null || amount <= 0n) return setBadAmount('An amount in US dollars above 0.');
    setBadAmount(null);
    grant.mutate(
      { amountNanoUsd: amount.toString(), description: String(form.get('description')), idempotencyKey },
      {
        onSuccess: () => {
          toast.success(`${shortUsd(amount)} granted to ${tenant.name}`);
          onDone();
        },
      },
    );
  };
  const failure = formFailure(grant.error, ['amountNanoUsd', 'description']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id="grant-amount"
        label="Amount, US dollars"
        error={badAmount ?? fieldError(grant.error, 'amountNanoUsd')}
      >
        <Input id="grant-amount" name="amount" inputMode="decimal" placeholder="100.00" required autoFocus />
      </Field>
      <Field
        id="grant-description"
        label="What for"
        hint="The organization sees it in its ledger."
        error={fieldError(grant.error, 'description')}
      >
        <Input
          id="grant-description"
          name="description"
          maxLength={80}
          required
          aria-describedby="grant-description-hint"
        />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={grant.isPending}>
          {grant.isPending ? 'Granting…' : 'Grant credit'}
        </Button>
      </div>
    </form>
  );
}

export function GrantCreditDialog({
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
      <DialogContent
        title={`Grant credit to ${tenant.name}`}
        description={`Balance now: ${shortUsd(tenant.balanceNanoUsd)}`}
      >
        <GrantForm tenant={tenant} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
