import { toUsdNumber } from '@trunkline/contracts';
import { forOrganization } from '@trunkline/prisma';
import type { GatewayCaller } from '@trunkline/secrets';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';

/** What the caller's wallet was given and has spent, in US dollars. https://openrouter.ai/docs/api-reference/get-credits */
export async function getCredits(client: Database['client'], { organizationId }: GatewayCaller) {
  const account = await forOrganization(client, organizationId).organizationAccount.findFirst({
    include: { wallet: true },
  });
  if (!account) throw notFound('wallet');
  const { creditedNanoUsd, chargedNanoUsd } = account.wallet;
  return { data: { total_credits: toUsdNumber(creditedNanoUsd), total_usage: toUsdNumber(chargedNanoUsd) } };
}
