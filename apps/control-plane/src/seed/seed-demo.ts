import { parseUsd } from '@trunkline/contracts';
import { inTransaction, type PrismaClient } from '@trunkline/prisma';
import { describeApiKey } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { recorded } from '../database/change.js';
import { provisionWithin } from '../modules/provisioning/index.js';

const PLATFORM = { userId: null, ipAddress: null };
const DEMO_SLUG = 'demo';
const KEY_NAME = 'Demo key';
const DEMO_CREDIT = parseUsd('100');

/** Makes the demo organization of the demo user, with $100 of credit, and its key the one of the environment. */
export async function seedDemo(
  client: PrismaClient,
  demo: { userId: string; apiKey: string },
): Promise<void> {
  await inTransaction(client, async (tx) => {
    let organization = await tx.organization.findUnique({ where: { slug: DEMO_SLUG }, select: { id: true } });
    organization ??= await tx.organization.create({ data: { id: uuidv7(), name: 'Demo', slug: DEMO_SLUG } });
    const organizationId = organization.id;
    const membership = { organizationId, userId: demo.userId };
    await tx.member.createMany({
      data: [{ id: uuidv7(), ...membership, role: 'owner' }],
      skipDuplicates: true,
    });
    await provisionWithin(tx, { organizationId, creditNanoUsd: DEMO_CREDIT });
  });
  await seedDemoKey(client, demo.apiKey);
}

/** Keys that the seed made bear this name and no member; those of people are left alone. */
const OF_SEED = { name: KEY_NAME, memberId: null };

async function seedDemoKey(client: PrismaClient, apiKey: string): Promise<void> {
  const { hash, prefix, lastFour } = describeApiKey(apiKey);
  const hashBytes = Buffer.from(hash, 'hex');
  await inTransaction(client, async (tx) => {
    const project = await tx.project.findFirstOrThrow({
      where: { organization: { slug: DEMO_SLUG }, isDefault: true },
    });
    const { id: projectId, organizationId } = project;
    await recorded(tx, PLATFORM, organizationId, async (_, trail) => {
      const old = await tx.apiKey.findMany({
        where: { organizationId, ...OF_SEED, revokedAt: null, NOT: { hash: hashBytes } },
        select: { id: true },
      });
      for (const { id } of old) {
        await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
        trail.audit({
          action: 'api_key.revoke',
          targetKind: 'api_key',
          targetId: id,
          before: { name: KEY_NAME },
        });
        trail.tell('api_key', id);
      }
      const found = await tx.apiKey.findUnique({ where: { hash: hashBytes } });
      if (found && !found.revokedAt && !found.disabledAt && !found.expiresAt) return;
      // The environment says that this key is the demo's: it works again after a start, whatever was done to it.
      const works = { revokedAt: null, disabledAt: null, expiresAt: null };
      const id = found?.id ?? uuidv7();
      const row = { organizationId, projectId, ...OF_SEED, prefix, lastFour };
      if (found) await tx.apiKey.update({ where: { id }, data: works });
      else await tx.apiKey.create({ data: { id, ...row, hash: hashBytes } });
      trail.audit({
        action: 'api_key.create',
        targetKind: 'api_key',
        targetId: id,
        after: { name: KEY_NAME, projectId },
      });
      trail.tell('api_key', id);
    });
  });
}
