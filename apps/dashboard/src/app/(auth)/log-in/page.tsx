import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { LogInForm } from '@/features/auth';
import { nextPath } from '@/lib/next-path';
import { currentMe, platformFacts } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Log in' };

export default async function LogInPage({ searchParams }: PageProps<'/log-in'>) {
  const next = nextPath((await searchParams).next);
  const [me, platform] = await Promise.all([currentMe(), platformFacts()]);
  if (me) redirect(next);
  return (
    <>
      <h1 className="mb-5">Log in</h1>
      <LogInForm next={next} signUpOpen={platform.signup === 'open'} />
    </>
  );
}
