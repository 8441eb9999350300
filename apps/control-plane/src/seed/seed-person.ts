import type { Logger } from '@trunkline/observability';
import type { PrismaClient } from '@trunkline/prisma';
import { verifyPassword } from 'better-auth/crypto';
import type { ControlPlaneConfig } from '../config/environment.js';

interface Parts {
  controlPlane: ControlPlaneConfig;
  client: PrismaClient;
  logger: Logger;
}

interface WantedPerson {
  email: string;
  password: string;
  name: string;
  operator: boolean;
}

/** Makes an account with this password, or gives it to the one that is there. @returns the user's id */
export async function seedPerson(parts: Parts, person: WantedPerson): Promise<string> {
  const known = await findAsWanted(parts.client, person);
  if (known) return known;
  // The sign-in library takes as long to load as all the rest of an ordinary second start.
  const { createSignIn } = await import('../modules/sign-in/index.js');
  const { FolderMailer } = await import('../mail/mailer.js');
  const { controlPlane: config, client, logger } = parts;
  const mailer = new FolderMailer(config.mail.mailboxDir, config.mail.from, logger);
  return createSignIn({ config, client, mailer, logger }).ensureUser(person);
}

async function findAsWanted(client: PrismaClient, person: WantedPerson): Promise<string | null> {
  const user = await client.user.findUnique({
    where: { email: person.email.toLowerCase() },
    include: { accounts: { where: { providerId: 'credential' } } },
  });
  const hash = user?.accounts[0]?.password;
  if (!user || !hash || user.role !== (person.operator ? 'operator' : 'user')) return null;
  return (await verifyPassword({ hash, password: person.password })) ? user.id : null;
}
