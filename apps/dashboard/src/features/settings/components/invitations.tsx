'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { toast } from 'sonner';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { Time } from '@/components/ui/time';
import { browserApi } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { invitationsQuery, useCancelInvitation, useInvite } from '../api/members';
import { ROLES } from './member-list';

function InviteForm() {
  const { organization } = useWorkspace();
  const invite = useInvite(organization.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const email = String(fields.get('email'));
    const role = ROLES.find((one) => one === fields.get('role')) ?? 'member';
    invite.mutate(
      { email, role },
      {
        onSuccess: () => {
          form.reset();
          toast.success(`An invitation is on its way to ${email}`);
        },
      },
    );
  };
  const failure = formFailure(invite.error, ['email']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-56 flex-1">
          <Field id="invite-email" label="E-mail address" error={fieldError(invite.error, 'email')}>
            <Input id="invite-email" name="email" type="email" required />
          </Field>
        </div>
        <div className="w-32">
          <Field id="invite-role" label="Role">
            <NativeSelect id="invite-role" name="role" defaultValue="member">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {role}
                </option>
              ))}
            </NativeSelect>
          </Field>
        </div>
        <Button type="submit" disabled={invite.isPending}>
          {invite.isPending ? 'Inviting…' : 'Invite'}
        </Button>
      </div>
      {failure ? <FailureNote error={failure} /> : null}
    </form>
  );
}

/** Who was invited and has not come yet. For admins. */
export function Invitations() {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const query = useQuery({ ...invitationsQuery(browserApi, organization.id), enabled: isAdmin });
  const cancel = useCancelInvitation(organization.id);
  if (!isAdmin) return null;
  return (
    <Section title="Invite somebody">
      <InviteForm />
      <Loaded query={query} skeleton={<RowSkeletons rows={1} />}>
        {(invitations) => (
          <ul className="mt-3">
            {invitations.map(({ id, email, role, expiresAt }) => (
              <li
                key={id}
                className="flex flex-wrap items-center justify-between gap-3 border-t border-rule py-2 text-sm"
              >
                <span>
                  {email} <span className="text-ink-muted">as {role}</span>
                </span>
                <span className="flex items-center gap-3 text-xs text-ink-muted">
                  open until <Time value={expiresAt} as="date" />
                  <Button
                    size="sm"
                    variant="quiet"
                    disabled={cancel.isPending}
                    onClick={() =>
                      cancel.mutate(id, { onError: (error) => toastFailure('The invitation stands', error) })
                    }
                  >
                    Take back
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
