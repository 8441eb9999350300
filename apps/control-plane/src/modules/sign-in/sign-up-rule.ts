import type { PrismaClient } from '@trunkline/prisma';
import { APIError } from 'better-auth/api';

/**
 * With `SIGNUP=invite` an account is made only for an address that an open invitation names. What the platform itself
 * makes (the seed's operator) has no request and passes.
 */
export async function refuseUninvited(
  client: PrismaClient,
  mode: 'open' | 'invite' | 'closed',
  email: string,
  context: { path?: string | undefined } | null,
): Promise<void> {
  if (mode !== 'invite' || !context?.path?.startsWith('/sign-up')) return;
  const invited = await client.invitation.count({
    where: { email: email.toLowerCase(), status: 'pending', expiresAt: { gt: new Date() } },
  });
  if (invited === 0) throw new APIError('FORBIDDEN', { message: 'Signing up here takes an invitation.' });
}
