'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';

/**
 * A form that sends its fields once and says what came of it; what was typed stays. It posts, so that a browser without
 * scripts never puts a password into the address.
 */
export function AuthForm({
  submit,
  action,
  busy,
  children,
}: {
  /** Gets the fields; what it throws is shown. */
  submit: (fields: Record<string, string>) => Promise<void>;
  action: string;
  busy: string;
  children: ReactNode;
}) {
  const [error, setError] = useState<Error | null>(null);
  const [pending, setPending] = useState(false);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setPending(true);
    setError(null);
    try {
      await submit(fields);
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setPending(false);
    }
  };

  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      {children}
      {error ? <FailureNote error={error} /> : null}
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? busy : action}
      </Button>
    </form>
  );
}
