import { type Catalog, type CatalogProvider, isSold } from '@trunkline/catalog';
import { adapterOf } from '@trunkline/providers';

/** A provider entry that the environment declares. */
export interface WantedEntry {
  providerId: string;
  protocol: string;
  baseUrl: string;
  source: 'environment' | 'simulator';
  apiKey: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The platform's entries as the environment declares them: one for each provider whose names are all set, or, with no
 * real key at all and a simulator, a simulated one for each provider that has an adapter and something to sell.
 */
export function wantedEntries(
  catalog: Catalog,
  variables: Variables,
  simulatorUrl: string | null,
): WantedEntry[] {
  const keyed = catalog.providers.filter(({ env }) => env.every((name) => variables[name]));
  if (keyed.length > 0) return keyed.flatMap((provider) => realEntry(provider, variables) ?? []);
  return simulatorUrl === null ? [] : simulatedEntries(catalog, simulatorUrl);
}

function realEntry(provider: CatalogProvider, variables: Variables): WantedEntry | null {
  const adapter = adapterOf(provider.id);
  const keyName = [...provider.env, ...provider.otherEnv].find(
    (name) => /KEY|TOKEN/.test(name) && variables[name],
  );
  const apiKey = keyName && variables[keyName];
  if (!adapter || !apiKey) return null;
  const ownUrl = provider.env.find((name) => /_BASE_URL$|_API_BASE$/.test(name));
  const baseUrl = (ownUrl && variables[ownUrl]) || fillPlaceholders(adapter.baseUrl, provider, variables);
  if (baseUrl === null) return null;
  const { id: providerId } = provider;
  return {
    providerId,
    protocol: adapter.protocol,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    source: 'environment',
    apiKey,
  };
}

/** `{account_id}` is `CLOUDFLARE_ACCOUNT_ID`; null when a part is nowhere. */
function fillPlaceholders(url: string, provider: CatalogProvider, variables: Variables): string | null {
  let isWhole = true;
  const filled = url.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
    const name = [...provider.env, ...provider.otherEnv].find((known) => known.endsWith(part.toUpperCase()));
    const value = name && variables[name];
    if (!value) isWhole = false;
    return encodeURIComponent(value ?? '');
  });
  return isWhole ? filled : null;
}

function simulatedEntries(catalog: Catalog, simulatorUrl: string): WantedEntry[] {
  const now = new Date();
  const sellers = new Set(
    catalog.models.flatMap((model) =>
      model.offers.filter((offer) => isSold(model, offer, now)).map(({ provider }) => provider),
    ),
  );
  return catalog.providers.flatMap(({ id }) => {
    const adapter = adapterOf(id);
    if (!adapter || !sellers.has(id)) return [];
    return [
      {
        providerId: id,
        protocol: adapter.protocol,
        baseUrl: `${simulatorUrl}/p/${id}${simulatedPath(adapter)}`,
        source: 'simulator' as const,
        apiKey: `sim-${id}-1`,
      },
    ];
  });
}

/** Adapters of OpenAI's protocol append to `…/v1`; others to whatever path their own address has. */
function simulatedPath({ protocol, baseUrl }: { protocol: string; baseUrl: string }): string {
  return protocol === 'openai' ? '/v1' : new URL(baseUrl).pathname.replace(/\/+$/, '');
}
