import type { Metadata } from 'next';
import { NameOrganization } from '@/features/onboarding';
import { requireMe } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Name your organization' };

export default async function WelcomePage() {
  const me = await requireMe('/welcome');
  return (
    <>
      <h1 className="mb-5">{me.organizations.length === 0 ? `Welcome, ${me.name}` : 'A new organization'}</h1>
      <NameOrganization />
    </>
  );
}
