'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Field, Input } from '@/components/ui/field';
import { requestPasswordReset } from '../api/reset-password';
import { AuthForm } from './auth-form';
import { MailHint } from './mail-hint';

export function ForgotPasswordForm({ mail }: { mail: 'smtp' | 'mailbox' }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async ({ email = '' }: Record<string, string>) => {
    await requestPasswordReset(email);
    setSentTo(email);
  };
  if (sentTo) {
    return (
      <div role="status" className="flex flex-col gap-3 text-sm">
        <p>
          If there is an account for <strong className="font-medium">{sentTo}</strong>, a mail with a link to
          a new password is on its way.
        </p>
        <MailHint mail={mail} />
        <Link className="text-accent underline underline-offset-2" href="/log-in">
          Back to the log-in
        </Link>
      </div>
    );
  }
  return (
    <>
      <AuthForm submit={submit} action="Send the link" busy="Sending…">
        <Field id="email" label="E-mail address">
          <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
      </AuthForm>
      <p className="mt-6 text-sm">
        <Link className="text-accent underline-offset-2 hover:underline" href="/log-in">
          Back to the log-in
        </Link>
      </p>
    </>
  );
}
