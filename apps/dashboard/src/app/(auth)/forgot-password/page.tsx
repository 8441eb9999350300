import type { Metadata } from 'next';
import { ForgotPasswordForm } from '@/features/auth';
import { platformFacts } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Forgot the password' };

export default async function ForgotPasswordPage() {
  const { mail } = await platformFacts();
  return (
    <>
      <h1 className="mb-1">Forgot the password</h1>
      <p className="mb-5 text-sm text-ink-muted">We send a link with which you set a new one.</p>
      <ForgotPasswordForm mail={mail} />
    </>
  );
}
