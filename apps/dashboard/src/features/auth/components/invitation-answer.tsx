'use client';

import { acceptInvitation } from '../api/accept-invitation';
import { AuthForm } from './auth-form';

export function InvitationAnswer({ invitationId, email }: { invitationId: string; email: string }) {
  const submit = async () => {
    await acceptInvitation(invitationId);
    window.location.assign('/');
  };
  return (
    <AuthForm submit={submit} action="Join" busy="Joining…">
      <p className="text-sm text-ink-muted">
        You are logged in as {email}. An invitation holds for the address that it was sent to.
      </p>
    </AuthForm>
  );
}
