import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignUpForm } from '@/features/auth';
import { nextPath } from '@/lib/next-path';
import { currentMe, platformFacts } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const next = nextPath((await searchParams).next);
  const [me, platform] = await Promise.all([currentMe(), platformFacts()]);
  if (me) redirect(next);
  // Who follows an invitation's link may sign up also where nobody else may.
  if (platform.signup === 'closed' || (platform.signup === 'invite' && !next.startsWith('/invitation/'))) {
    return (
      <>
        <h1 className="mb-3">Accounts are by invitation</h1>
        <p className="text-sm text-ink-muted">
          Ask an admin of your organization to invite you; the mail has a link that brings you back here.
        </p>
        <p className="mt-6 text-sm">
          <Link className="text-accent underline underline-offset-2" href="/log-in">
            Log in
          </Link>
        </p>
      </>
    );
  }
  return (
    <>
      <h1 className="mb-1">Create an account</h1>
      <p className="mb-5 text-sm text-ink-muted">
        One key for every model; your first call is a minute away.
      </p>
      <SignUpForm next={next} />
    </>
  );
}
