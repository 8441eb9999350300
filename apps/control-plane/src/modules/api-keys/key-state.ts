import type { ApiKey } from '@trunkline/contracts/control-plane';
import type { Prisma } from '@trunkline/prisma';

interface KeyTimes {
  disabledAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** What a key is worth at a moment; what cannot be taken back is said first. */
export function keyState(key: KeyTimes, at: Date): ApiKey['state'] {
  if (key.revokedAt) return 'revoked';
  if (key.expiresAt && key.expiresAt <= at) return 'expired';
  return key.disabledAt ? 'disabled' : 'active';
}

/** Keys that work at a moment. */
export function workingKeys(at: Date): Prisma.ApiKeyWhereInput {
  return { revokedAt: null, disabledAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] };
}

/** Keys in a state at a moment: the same rule as {@link keyState}. */
export function keysInState(state: ApiKey['state'] | 'all', at: Date): Prisma.ApiKeyWhereInput {
  switch (state) {
    case 'all':
      return {};
    case 'revoked':
      return { revokedAt: { not: null } };
    case 'expired':
      return { revokedAt: null, expiresAt: { lte: at } };
    case 'disabled':
      return { ...workingKeys(at), disabledAt: { not: null } };
    case 'active':
      return workingKeys(at);
  }
}
