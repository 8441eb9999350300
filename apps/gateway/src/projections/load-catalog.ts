import {
  ENDPOINTS,
  type Endpoint,
  type ModelProjection,
  type NameProjection,
  type OfferProjection,
  priceTerms,
  type PriceVersionProjection,
  type ProviderEntryProjection,
} from '@trunkline/contracts';
import type { Reader } from './gateway-database.js';

export interface CatalogRows {
  models: ModelProjection[];
  offers: OfferProjection[];
  names: NameProjection[];
}

/** Models, offers and names, without those that stand for all that nobody lists: few enough (thousands) to be read as a whole whenever one of them changed. */
export async function loadCatalog(reader: Reader): Promise<CatalogRows> {
  return {
    models: await loadModels(reader),
    offers: await loadOffers(reader),
    names: await loadNames(reader),
  };
}

async function loadModels(reader: Reader): Promise<ModelProjection[]> {
  const rows = await reader.query<{
    id: string;
    name: string;
    author: string;
    kind: string;
    status: string;
    description: string | null;
    released_at: Date | null;
    context_window: number | null;
    max_output_tokens: number | null;
    input_modalities: string[];
    output_modalities: string[];
    capabilities: Record<string, boolean | null>;
  }>(`SELECT * FROM model WHERE status <> 'unlisted' ORDER BY id`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    author: row.author,
    kind: row.kind,
    description: row.description,
    createdSeconds: Math.floor((row.released_at?.getTime() ?? 0) / 1000),
    contextWindow: row.context_window,
    maxOutputTokens: row.max_output_tokens,
    inputModalities: row.input_modalities,
    outputModalities: row.output_modalities,
    capabilities: row.capabilities,
    retired: row.status === 'retired',
  }));
}

const endpoints: ReadonlySet<string> = new Set(ENDPOINTS);

async function loadOffers(reader: Reader): Promise<OfferProjection[]> {
  const rows = await reader.query<{
    id: string;
    model_id: string;
    provider_id: string;
    provider_model: string;
    endpoints: string[];
    context_window: number | null;
    max_output_tokens: number | null;
    prefill: boolean;
    billing: OfferProjection['billing'];
    status: OfferProjection['status'];
  }>(
    `SELECT * FROM offer WHERE (ends_at IS NULL OR ends_at > now())
        AND model_id NOT IN (SELECT id FROM model WHERE status = 'unlisted') ORDER BY id`,
  );
  return rows.map((row) => ({
    id: row.id,
    modelId: row.model_id,
    providerId: row.provider_id,
    providerModel: row.provider_model,
    endpoints: row.endpoints.filter((endpoint): endpoint is Endpoint => endpoints.has(endpoint)),
    contextWindow: row.context_window,
    maxOutputTokens: row.max_output_tokens,
    ...(row.prefill ? { prefill: true } : {}),
    billing: row.billing,
    status: row.status,
  }));
}

async function loadNames(reader: Reader): Promise<NameProjection[]> {
  const rows = await reader.query<{
    name: string;
    model_id: string;
    send_as: Record<string, string>;
    only_at: string[];
  }>('SELECT name, model_id, send_as, only_at FROM model_name ORDER BY name');
  return rows.map((row) => ({
    name: row.name,
    modelId: row.model_id,
    sendAs: row.send_as,
    onlyAt: row.only_at,
  }));
}

/** Price versions in force and to come, and those that ended within the hour: a long call may still settle by them. */
export async function loadPrices(reader: Reader): Promise<PriceVersionProjection[]> {
  const rows = await reader.query<{
    id: string;
    offer_id: string;
    side: PriceVersionProjection['side'];
    price_plan_id: string | null;
    effective_from: Date;
    effective_to: Date | null;
    terms: unknown;
  }>(
    `SELECT id, offer_id, side, price_plan_id, effective_from, effective_to, terms FROM price_version
      WHERE effective_to IS NULL OR effective_to > now() - interval '1 hour' ORDER BY effective_from`,
  );
  return rows.map((row) => ({
    id: row.id,
    offerId: row.offer_id,
    side: row.side,
    pricePlanId: row.price_plan_id,
    effectiveFromMs: row.effective_from.getTime(),
    effectiveToMs: row.effective_to?.getTime() ?? null,
    terms: priceTerms.parse(row.terms),
  }));
}

/** Providers as they are configured: the platform's and the tenants' own. */
export async function loadEntries(reader: Reader): Promise<ProviderEntryProjection[]> {
  const rows = await reader.query<{
    id: string;
    provider_id: string;
    organization_id: string | null;
    protocol: string;
    base_url: string;
    region: string | null;
    token_url: string | null;
    project_id: string | null;
    mode: 'first' | 'only';
    unlisted_models: boolean;
    deployments: Record<string, string>;
    enabled: boolean;
    credentials: { id: string; ciphertext: string }[];
  }>(
    `SELECT e.id, e.provider_id, e.organization_id, e.protocol, e.base_url, e.region, e.token_url,
            e.project_id, e.mode, e.unlisted_models, e.deployments, e.enabled,
            coalesce((SELECT json_agg(json_build_object('id', c.id, 'ciphertext', c.ciphertext) ORDER BY c.id)
                        FROM provider_credential c WHERE c.entry_id = e.id), '[]') AS credentials
       FROM provider_entry e ORDER BY e.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    providerId: row.provider_id,
    organizationId: row.organization_id,
    protocol: row.protocol,
    baseUrl: row.base_url,
    region: row.region,
    tokenUrl: row.token_url,
    projectId: row.project_id,
    mode: row.mode,
    unlistedModels: row.unlisted_models,
    deployments: row.deployments,
    enabled: row.enabled,
    credentials: row.credentials,
  }));
}
