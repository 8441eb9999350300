import { loadCatalog } from '@trunkline/catalog';
import { ENDPOINTS } from '@trunkline/contracts';
import type { OwnProviderTest, TestOwnProviderInput } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { adapterOf, adapterOfProtocol, chatFor, type ProviderAdapter } from '@trunkline/providers';
import { decryptSecret } from '@trunkline/secrets';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, invalidField, notFound } from '../../http/api-error.js';
import { requireRole } from '../../database/change.js';
import { tryCredential } from './try-credential.js';

/**
 * Asks the provider one short question with each key. What it costs is billed by the provider to the keys' owner.
 * @throws ApiError `invalid_request` where the model has to be named, `conflict` where a key of this kind cannot be tried
 */
export async function testOwnProvider(
  { client }: Database,
  { masterKeys, addressGuard }: ControlPlaneConfig,
  actor: MemberActor,
  { entryId: id, input }: { entryId: string; input: TestOwnProviderInput },
): Promise<OwnProviderTest> {
  requireRole(actor, 'admin');
  const entry = await forOrganization(client, actor.organizationId).providerEntry.findFirst({
    where: { id },
    include: { credentials: { orderBy: { id: 'asc' } } },
  });
  if (!entry) throw notFound('provider');
  const adapter = adapterOf(entry.providerId) ?? adapterOfProtocol(entry.protocol);
  if (!adapter) throw new ApiError('conflict', 'Nobody here speaks this protocol any more.');
  const offer = input.model === undefined ? cheapestOffer(entry.providerId, adapter) : null;
  const model = input.model ?? offer?.providerModel;
  if (model === undefined) throw invalidField('model', 'Name a model of this endpoint to try it with.');
  const chat = chatFor(adapter, offer ?? { endpoints: ENDPOINTS, providerModel: model });
  if (!chat) throw new ApiError('conflict', `${adapter.name} has no chat to try its keys with.`);
  const keys = entry.credentials.map((credential) => ({
    credentialId: credential.id,
    hint: credential.hint,
    secret: decryptSecret(credential.ciphertext, masterKeys, credential.id),
  }));
  const { baseUrl, region, tokenUrl } = entry;
  const trial = { adapter, chat, model, baseUrl, region, tokenUrl, guard: addressGuard };
  const results = await Promise.all(
    (keys.length > 0 ? keys : [{ credentialId: null, hint: null, secret: null }]).map(
      async ({ credentialId, hint, secret }) => ({
        ...{ credentialId, hint },
        ...(await tryCredential(trial, secret)),
      }),
    ),
  );
  return { model, results };
}

/** The cheapest model that the provider is known to chat with. */
function cheapestOffer(providerId: string, adapter: ProviderAdapter) {
  const offers = loadCatalog().models.flatMap((model) =>
    model.kind !== 'chat' || model.status === 'retired'
      ? []
      : model.offers.filter(
          (offer) =>
            offer.provider === providerId &&
            offer.status === 'active' &&
            offer.billing === 'paygo' &&
            offer.prices.output !== undefined &&
            chatFor(adapter, offer) !== undefined,
        ),
  );
  return offers.toSorted((left, right) => Number(left.prices.output) - Number(right.prices.output))[0];
}
