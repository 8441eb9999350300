import type { CatalogModel, ListModelsQuery } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { z } from 'zod';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import type { CatalogReader } from './catalog-reader.js';
import {
  type CatalogView,
  CONFIGURED,
  type ViewedModel,
  type ViewedOffer,
  withOwnEntries,
} from './catalog-view.js';

const capabilities = z.record(z.string(), z.boolean().nullable()).catch({});

/** The catalog as the actor's organization sees it: at its plan's prices, with what its own keys reach. */
export async function readViewOf(
  database: Database,
  reader: CatalogReader,
  actor: MemberActor,
): Promise<CatalogView> {
  const own = forOrganization(database.client, actor.organizationId);
  const [account, entries] = await Promise.all([
    own.organizationAccount.findFirst({ select: { pricePlanId: true } }),
    own.providerEntry.findMany({ where: { enabled: true }, select: CONFIGURED }),
  ]);
  if (!account) throw notFound('organization');
  return withOwnEntries(await reader.read(account.pricePlanId), entries, new Date());
}

export async function listModels(
  database: Database,
  reader: CatalogReader,
  actor: MemberActor,
  query: ListModelsQuery,
): Promise<{ items: CatalogModel[] }> {
  const view = await readViewOf(database, reader, actor);
  return { items: [...view.values()].filter((model) => fits(model, query)).map(toModel) };
}

function fits(model: ViewedModel, query: ListModelsQuery): boolean {
  const search = query.search?.toLowerCase();
  if (search && !`${model.id} ${model.name}`.toLowerCase().includes(search)) return false;
  if (query.kind && !query.kind.includes(model.kind)) return false;
  if (query.author && !query.author.includes(model.author)) return false;
  if (query.provider && !model.offers.some((offer) => query.provider?.includes(offer.providerId)))
    return false;
  return query.callable === undefined || query.callable === model.offers.some((offer) => offer.callable);
}

export function toModel(model: ViewedModel): CatalogModel {
  const callable = model.offers.filter((offer) => offer.callable);
  const priced = callable.length > 0 ? callable : model.offers.filter((offer) => offer.status === 'active');
  const configuredFirst = [...callable, ...model.offers].map((offer) => offer.providerId);
  return {
    id: model.id,
    name: model.name,
    author: model.author,
    kind: model.kind,
    status: model.status,
    description: model.description,
    releasedAt: model.releasedAt?.toISOString() ?? null,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    capabilities: capabilities.parse(model.capabilities),
    callable: callable.length > 0,
    providerIds: [...new Set(configuredFirst)],
    inputNanoUsdPerMillion: lowest(priced, 'input.text'),
    outputNanoUsdPerMillion: lowest(priced, 'output.text'),
  };
}

function lowest(offers: readonly ViewedOffer[], bucket: 'input.text' | 'output.text'): string | null {
  const prices = offers.flatMap((offer) => priceOf(offer, bucket) ?? []);
  return prices.length === 0
    ? null
    : prices.reduce((left, right) => (right < left ? right : left)).toString();
}

/** Base price of a bucket; null where none is stated or derived. */
export function priceOf(offer: ViewedOffer, bucket: 'input.text' | 'output.text'): bigint | null {
  const digits = offer.price?.terms.prices[bucket];
  return digits === undefined ? null : BigInt(digits);
}
