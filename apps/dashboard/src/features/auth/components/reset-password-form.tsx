'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Field, Input } from '@/components/ui/field';
import { resetPassword } from '../api/reset-password';
import { AuthForm } from './auth-form';

export function ResetPasswordForm({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const submit = async ({ password = '' }: Record<string, string>) => {
    await resetPassword({ token, newPassword: password });
    setDone(true);
  };
  if (done) {
    return (
      <p role="status" className="text-sm">
        The password is set.{' '}
        <Link className="text-accent underline underline-offset-2" href="/log-in">
          Log in with it
        </Link>
      </p>
    );
  }
  return (
    <AuthForm submit={submit} action="Set the password" busy="Setting the password…">
      <Field id="password" label="New password" hint="At least 8 characters.">
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          aria-describedby="password-hint"
          required
          autoFocus
        />
      </Field>
    </AuthForm>
  );
}
