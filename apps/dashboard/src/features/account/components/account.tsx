'use client';

import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { toast } from 'sonner';
import { Section } from '@/components/frame/page';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { StatusMark } from '@/components/ui/status-mark';
import { authAnswer, authClient } from '@/lib/auth-client';
import { useWorkspace } from '@/lib/workspace';

function EmailState() {
  const { me, platform } = useWorkspace();
  const send = useMutation({
    mutationFn: () =>
      authAnswer(authClient.sendVerificationEmail({ email: me.email, callbackURL: '/verify-email' })),
    onSuccess: () => toast.success('A mail with a link is on its way'),
  });
  return (
    <div className="flex flex-col items-start gap-2 text-sm">
      <p>
        {me.email}{' '}
        {me.emailVerified ? (
          <StatusMark signal="clear" className="ml-2">
            verified
          </StatusMark>
        ) : (
          <StatusMark signal="caution" className="ml-2">
            not verified
          </StatusMark>
        )}
      </p>
      {me.emailVerified ? null : (
        <>
          <p className="text-ink-muted">
            Calls work without it. To invite others, follow the link in the mail
            {platform.mail === 'mailbox' ? ', which is a file in the folder that MAILBOX_DIR names' : ''}.
          </p>
          {send.error ? <FailureNote error={send.error} /> : null}
          <Button size="sm" disabled={send.isPending} onClick={() => send.mutate()}>
            {send.isPending ? 'Sending…' : 'Send the mail again'}
          </Button>
        </>
      )}
    </div>
  );
}

function ChangePassword() {
  const change = useMutation({
    mutationFn: (input: { currentPassword: string; newPassword: string }) =>
      authAnswer(authClient.changePassword({ ...input, revokeOtherSessions: true })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    change.mutate(
      { currentPassword: String(fields.get('current')), newPassword: String(fields.get('next')) },
      {
        onSuccess: () => {
          form.reset();
          toast.success('The password is changed; other sessions are logged out');
        },
      },
    );
  };
  return (
    <form method="post" onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <Field id="current" label="Password now">
        <Input id="current" name="current" type="password" autoComplete="current-password" required />
      </Field>
      <Field id="next" label="New password" hint="At least 8 characters.">
        <Input
          id="next"
          name="next"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          required
          aria-describedby="next-hint"
        />
      </Field>
      {change.error ? <FailureNote error={change.error} /> : null}
      <Button type="submit" className="self-start" disabled={change.isPending}>
        {change.isPending ? 'Changing…' : 'Change the password'}
      </Button>
    </form>
  );
}

/** The reader's own account. */
export function Account() {
  return (
    <div className="flex flex-col gap-8">
      <Section title="E-mail address">
        <EmailState />
      </Section>
      <Section title="Password">
        <ChangePassword />
      </Section>
    </div>
  );
}
