'use client';

import Link from 'next/link';
import { Field, Input } from '@/components/ui/field';
import { signUp } from '../api/sign-up';
import { AuthForm } from './auth-form';

export function SignUpForm({ next }: { next: string }) {
  const submit = async ({ name = '', email = '', password = '' }: Record<string, string>) => {
    await signUp({ name, email, password });
    window.location.assign(next === '/' ? '/welcome' : next);
  };
  return (
    <>
      <AuthForm submit={submit} action="Create account" busy="Creating the account…">
        <Field id="name" label="Your name">
          <Input id="name" name="name" autoComplete="name" maxLength={80} required autoFocus />
        </Field>
        <Field id="email" label="E-mail address">
          <Input id="email" name="email" type="email" autoComplete="username" required />
        </Field>
        <Field id="password" label="Password" hint="At least 8 characters.">
          <Input
            id="password"
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={8}
            maxLength={128}
            aria-describedby="password-hint"
            required
          />
        </Field>
      </AuthForm>
      <p className="mt-6 text-sm text-ink-muted">
        Have an account?{' '}
        <Link
          className="text-accent underline underline-offset-2"
          href={`/log-in?next=${encodeURIComponent(next)}`}
        >
          Log in
        </Link>
      </p>
    </>
  );
}
