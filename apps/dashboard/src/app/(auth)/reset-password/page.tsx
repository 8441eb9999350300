import type { Metadata } from 'next';
import Link from 'next/link';
import { ResetPasswordForm } from '@/features/auth';

export const metadata: Metadata = { title: 'Set a new password' };

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams;
  return (
    <>
      <h1 className="mb-5">Set a new password</h1>
      {typeof token === 'string' ? (
        <ResetPasswordForm token={token} />
      ) : (
        <p className="text-sm">
          This link is no longer valid.{' '}
          <Link className="text-accent underline underline-offset-2" href="/forgot-password">
            Ask for a new one
          </Link>
        </p>
      )}
    </>
  );
}
