import type { Metadata } from 'next';
import { InvitationAnswer } from '@/features/auth';
import { requireMe } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Invitation' };

export default async function InvitationPage({ params }: PageProps<'/invitation/[id]'>) {
  const { id } = await params;
  const me = await requireMe(`/invitation/${encodeURIComponent(id)}`);
  return (
    <>
      <h1 className="mb-2">Join the organization</h1>
      <InvitationAnswer invitationId={id} email={me.email} />
    </>
  );
}
