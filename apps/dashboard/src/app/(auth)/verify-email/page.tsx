import type { Metadata } from 'next';
import Link from 'next/link';

export const metadata: Metadata = { title: 'E-mail address' };

/** Where the link of the mail ends, after the sign-in library has read its token. */
export default async function VerifyEmailPage({ searchParams }: PageProps<'/verify-email'>) {
  const { error } = await searchParams;
  return (
    <>
      <h1 className="mb-2">{error ? 'This link is no longer valid' : 'Your e-mail address is verified'}</h1>
      <p className="text-sm text-ink-muted">
        {error ? 'Log in and ask for a new one in Settings, Account.' : 'You can now invite others.'}
      </p>
      <p className="mt-6 text-sm">
        <Link className="text-accent underline underline-offset-2" href="/">
          Go on to the dashboard
        </Link>
      </p>
    </>
  );
}
