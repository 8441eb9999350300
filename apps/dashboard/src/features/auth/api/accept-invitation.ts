import { authAnswer, authClient } from '@/lib/auth-client';

/** Joins the organization that invited the address of who is logged in. */
export function acceptInvitation(invitationId: string) {
  return authAnswer(authClient.organization.acceptInvitation({ invitationId }));
}
