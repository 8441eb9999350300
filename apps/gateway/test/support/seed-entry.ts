import { encryptSecret, readMasterKeys } from '@trunkline/secrets';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { PRICE_PLAN } from './seed-platform.js';

export interface EntryWish {
  readonly providerId: string;
  readonly baseUrl: string;
  readonly protocol?: string;
  /** Whose own it is; the platform's when missing. */
  readonly organizationId?: string;
  readonly projectId?: string;
  readonly mode?: 'first' | 'only';
  readonly unlistedModels?: boolean;
  /** How many; one when missing. They are such as the simulator takes. */
  readonly keys?: number;
  /** In place of those. */
  readonly credentials?: readonly string[];
  readonly region?: string;
}

/** Adds a provider entry to a database that a gateway follows. */
export async function insertEntry(client: pg.Client, masterKey: string, wish: EntryWish): Promise<string> {
  const id = uuidv7();
  await client.query(
    `insert into provider_entry (id, provider_id, protocol, base_url, organization_id, project_id, mode,
                                 unlisted_models, source, region, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
    [
      id,
      wish.providerId,
      wish.protocol ?? 'openai',
      wish.baseUrl,
      wish.organizationId ?? null,
      wish.projectId ?? null,
      wish.mode ?? 'first',
      wish.unlistedModels ?? false,
      wish.organizationId ? 'member' : 'file',
      wish.region ?? null,
    ],
  );
  const usual = Array.from({ length: wish.keys ?? 1 }, (_, i) => `${keyPrefix(wish.baseUrl)}${i + 1}`);
  for (const secret of wish.credentials ?? usual) {
    const credential = uuidv7();
    await client.query(
      'insert into provider_credential (id, entry_id, ciphertext, hint) values ($1, $2, $3, $4)',
      [credential, id, encryptSecret(secret, readMasterKeys(masterKey), credential), '…'],
    );
  }
  await client.query(`insert into outbox (kind, entity_id) values ('provider_entry', $1)`, [id]);
  return id;
}

/** A price for every name of a provider: $1 in and $2 out per million tokens; we pay half of it. */
export async function insertUnlistedPrice(client: pg.Client, providerId: string): Promise<void> {
  const model = `${providerId}/*`;
  const offer = `${model}@${providerId}`;
  await client.query(
    `insert into model (id, name, author, kind, status, input_modalities, output_modalities, capabilities)
     values ($1, $1, $2, 'chat', 'unlisted', '{text}', '{text}', '{}')`,
    [model, providerId],
  );
  await client.query(
    `insert into offer (id, model_id, provider_id, provider_model, endpoints, billing, status)
     values ($1, $2, $3, '*', '{chat}', 'paygo', 'active')`,
    [offer, model, providerId],
  );
  for (const [side, plan, usd] of [
    ['buy', null, 5],
    ['sell', PRICE_PLAN, 10],
  ] as const) {
    const terms = { prices: { 'input.text': `${usd}00000000`, 'output.text': `${usd * 2}00000000` } };
    await client.query(
      `insert into price_version (id, offer_id, side, price_plan_id, effective_from, terms)
       values ($1, $2, $3, $4, '2020-01-01', $5)`,
      [uuidv7(), offer, side, plan, JSON.stringify(terms)],
    );
  }
  await client.query(`insert into outbox (kind, entity_id) values ('price', '*')`);
}

/** The simulator takes keys that name the provider of the path. */
function keyPrefix(baseUrl: string): string {
  return `sim-${/\/p\/([^/]+)/.exec(baseUrl)?.[1]}-`;
}
