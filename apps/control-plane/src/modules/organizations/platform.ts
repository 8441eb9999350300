import type { Platform } from '@trunkline/contracts/control-plane';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';

/** What a page needs to know before anybody has logged in. */
export async function describePlatform({ client }: Database, config: ControlPlaneConfig): Promise<Platform> {
  const simulated = config.simulator
    ? await client.providerEntry.count({
        where: { organizationId: null, source: 'simulator', enabled: true },
      })
    : 0;
  return {
    signup: config.signup.mode,
    demo: config.demo,
    simulator: simulated > 0,
    gatewayUrl: config.urls.gateway,
    mail: config.mail.smtpUrl ? 'smtp' : 'mailbox',
    cardPayments: false,
  };
}
