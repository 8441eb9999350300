'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { createFirstKey } from '../api/create-first-key';
import { createOrganization } from '../api/create-organization';
import { rememberFirstKey } from '../first-key';

/** The only question before the first key. */
export function NameOrganization() {
  const router = useRouter();
  const create = useMutation({
    mutationFn: async (name: string) => {
      const organization = await createOrganization(name);
      // The organization is there even if its first key could not be made; the next page offers another try.
      const secret = await createFirstKey(organization.id, 'First key').catch(() => null);
      if (secret) rememberFirstKey(organization.id, secret);
      return organization;
    },
    onSuccess: ({ slug }) => router.push(`/o/${slug}/start`),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(String(new FormData(event.currentTarget).get('name')));
  };
  const failure = formFailure(create.error, ['name']);
  const busy = create.isPending || create.isSuccess;
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id="name"
        label="Name of your organization"
        hint="Your company or team. Keys, members and the wallet belong to it."
        error={fieldError(create.error, 'name')}
      >
        <Input
          id="name"
          name="name"
          autoComplete="organization"
          maxLength={80}
          required
          autoFocus
          aria-describedby="name-hint"
        />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? 'Making your key…' : 'Go on to your key'}
      </Button>
    </form>
  );
}
