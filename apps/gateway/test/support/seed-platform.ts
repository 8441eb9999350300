import { randomBytes } from 'node:crypto';
import {
  loadCatalog,
  offerId,
  offerPriceVersions,
  type CatalogModel,
  type CatalogOffer,
} from '@trunkline/catalog';
import { encryptSecret, readMasterKeys } from '@trunkline/secrets';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';

/** Real models of the catalog that the tests call: several providers, both protocols, tools, vision, reasoning. */
export const TEST_MODELS = [
  'openai/gpt-4o-mini',
  'openai/gpt-4o',
  'anthropic/claude-sonnet-4.5',
  'deepseek/deepseek-r1',
];

export const PRICE_PLAN = 'standard';

export function newMasterKey(): string {
  return randomBytes(32).toString('base64');
}

export interface PlatformOptions {
  readonly simulatorUrl: string;
  readonly masterKey: string;
  /** Providers that are configured; default every one that has an offer of the test models. */
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  /** What stands behind a provider's address at the simulator; default `/v1`. */
  readonly paths?: Readonly<Record<string, string>>;
  /** What else an entry has. */
  readonly entries?: Readonly<Record<string, SeededEntry>>;
}

export interface SeededEntry {
  /** In place of the simulator's key. */
  readonly credential?: string;
  /** Behind the provider's address at the simulator. */
  readonly tokenPath?: string;
  /** What the entry calls models, by the provider's names for them. */
  readonly deployments?: Readonly<Record<string, string>>;
}

/** Fills a database with models, offers, names, prices, and a provider entry per provider that leads to the simulator. */
export async function seedPlatform(client: pg.Client, options: PlatformOptions): Promise<void> {
  const { modelsById, names, providersById } = loadCatalog();
  await client.query('insert into price_plan (id, name) values ($1, $1)', [PRICE_PLAN]);
  const providers = new Set<string>();
  for (const id of options.models ?? TEST_MODELS) {
    const model = modelsById.get(id);
    if (!model) throw new Error(`the catalog has no ${id}`);
    await insertModel(client, model);
    for (const offer of model.offers) {
      await insertOffer(client, model, offer);
      providers.add(offer.provider);
    }
    for (const name of names.filter((row) => row.modelId === id)) {
      await client.query('insert into model_name (name, model_id, send_as) values ($1, $2, $3)', [
        name.name,
        id,
        JSON.stringify(name.sendAs ?? {}),
      ]);
    }
  }
  for (const provider of options.providers ?? providers) {
    const protocol = providersById.get(provider)?.protocol ?? 'openai';
    await insertEntry(client, provider, protocol, options);
  }
}

async function insertModel(client: pg.Client, model: CatalogModel): Promise<void> {
  await client.query(
    `insert into model (id, name, author, family, kind, status, released_at, context_window, max_output_tokens,
                        input_modalities, output_modalities, capabilities)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      model.id,
      model.name,
      model.author,
      model.family,
      model.kind,
      model.status,
      model.releaseDate?.length === 10 ? model.releaseDate : null,
      model.contextWindow,
      model.maxOutputTokens,
      model.inputModalities,
      model.outputModalities,
      JSON.stringify(model.capabilities ?? {}),
    ],
  );
}

async function insertOffer(client: pg.Client, model: CatalogModel, offer: CatalogOffer): Promise<void> {
  const id = offerId(model, offer);
  await client.query(
    `insert into offer (id, model_id, provider_id, provider_model, endpoints, context_window, max_output_tokens,
                        billing, status, prefill)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      id,
      model.id,
      offer.provider,
      offer.providerModel,
      offer.endpoints,
      offer.contextWindow,
      offer.maxOutputTokens,
      offer.billing,
      offer.status,
      offer.prefill,
    ],
  );
  const [version] = offerPriceVersions(offer);
  if (!version) return;
  for (const [side, plan] of [
    ['buy', null],
    ['sell', PRICE_PLAN],
  ]) {
    await client.query(
      `insert into price_version (id, offer_id, side, price_plan_id, effective_from, terms)
       values ($1, $2, $3, $4, '2020-01-01', $5)`,
      [uuidv7(), id, side, plan, JSON.stringify(version.terms)],
    );
  }
}

async function insertEntry(
  client: pg.Client,
  provider: string,
  protocol: string,
  options: PlatformOptions,
): Promise<void> {
  const entry = uuidv7();
  const credential = uuidv7();
  const address = `${options.simulatorUrl}/p/${provider}`;
  const {
    credential: secret = `sim-${provider}-1`,
    tokenPath,
    deployments = {},
  } = options.entries?.[provider] ?? {};
  await client.query(
    `insert into provider_entry (id, provider_id, protocol, base_url, token_url, deployments, source, updated_at)
     values ($1, $2, $3, $4, $5, $6, 'simulator', now())`,
    [
      entry,
      provider,
      protocol,
      address + (options.paths?.[provider] ?? '/v1'),
      tokenPath === undefined ? null : address + tokenPath,
      JSON.stringify(deployments),
    ],
  );
  await client.query(
    'insert into provider_credential (id, entry_id, ciphertext, hint) values ($1, $2, $3, $4)',
    [credential, entry, encryptSecret(secret, readMasterKeys(options.masterKey), credential), 'sim-…-1'],
  );
}
