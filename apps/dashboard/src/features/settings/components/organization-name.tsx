'use client';

import type { FormEvent } from 'react';
import { toast } from 'sonner';
import { Section } from '@/components/frame/page';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useRenameOrganization } from '../api/rename-organization';

export function OrganizationName() {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const rename = useRenameOrganization(organization.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    rename.mutate(String(new FormData(event.currentTarget).get('name')), {
      onSuccess: () => toast.success('The organization has its new name'),
    });
  };
  const failure = formFailure(rename.error, ['name']);
  return (
    <Section title="Organization">
      <form method="post" onSubmit={submit} className="flex max-w-md flex-col gap-3">
        <Field id="organization-name" label="Name" error={fieldError(rename.error, 'name')}>
          <Input
            id="organization-name"
            name="name"
            defaultValue={organization.name}
            maxLength={80}
            required
            disabled={!isAdmin}
          />
        </Field>
        <p className="text-xs text-ink-muted">
          Its id is <code className="font-mono">{organization.id}</code>; you are{' '}
          {organization.role === 'member' ? 'a member' : `its ${organization.role}`}.
        </p>
        {failure ? <FailureNote error={failure} /> : null}
        {isAdmin ? (
          <Button type="submit" className="self-start" disabled={rename.isPending}>
            {rename.isPending ? 'Saving…' : 'Save'}
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
