'use client';

import Link from 'next/link';
import { Field, Input } from '@/components/ui/field';
import { logIn } from '../api/log-in';
import { AuthForm } from './auth-form';

export function LogInForm({ next, signUpOpen }: { next: string; signUpOpen: boolean }) {
  const submit = async ({ email = '', password = '' }: Record<string, string>) => {
    await logIn({ email, password });
    // A whole load, so that nothing of who was here before stays in memory.
    window.location.assign(next);
  };
  return (
    <>
      <AuthForm submit={submit} action="Log in" busy="Logging in…">
        <Field id="email" label="E-mail address">
          <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field id="password" label="Password">
          <Input id="password" name="password" type="password" autoComplete="current-password" required />
        </Field>
      </AuthForm>
      <div className="mt-6 flex flex-wrap justify-between gap-2 text-sm">
        {signUpOpen ? (
          <Link
            className="text-accent underline-offset-2 hover:underline"
            href={`/sign-up?next=${encodeURIComponent(next)}`}
          >
            Create an account
          </Link>
        ) : (
          <span className="text-ink-muted">New accounts are by invitation.</span>
        )}
        <Link className="text-accent underline-offset-2 hover:underline" href="/forgot-password">
          Forgot the password?
        </Link>
      </div>
    </>
  );
}
