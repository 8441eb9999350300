import { randomBytes } from 'node:crypto';
import type { CreateOrganizationInput, Organization } from '@trunkline/contracts/control-plane';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { ApiError } from '../../http/api-error.js';
import type { SignIn } from '../sign-in/index.js';
import { slugOf } from '../../database/slug.js';
import { getOrganization } from './get-organization.js';
import { provisionOrganization } from '../provisioning/index.js';

export interface CreateOrganizationParts {
  database: Database;
  signIn: SignIn;
  config: ControlPlaneConfig;
}

/** Creates an organization through the sign-in library, which makes the actor its owner, and provisions it at once. */
export async function createOrganization(
  { database, signIn, config }: CreateOrganizationParts,
  actor: Actor,
  input: CreateOrganizationInput,
): Promise<Organization> {
  const slug = await freeSlug(database, input.name);
  const created = await signIn.createOrganization(actor, { name: input.name, slug });
  if (!created) throw new ApiError('conflict', 'No more organizations can be made with this account.');
  await provisionOrganization(database.client, {
    organizationId: created.organizationId,
    creditNanoUsd: config.signup.creditNanoUsd,
  });
  return getOrganization(database, { ...actor, ...created, role: 'owner' });
}

async function freeSlug(database: Database, name: string): Promise<string> {
  const slug = slugOf(name, 'organization');
  const taken = await database.client.organization.count({ where: { slug } });
  return taken === 0 ? slug : `${slug}-${randomBytes(3).toString('hex')}`;
}
