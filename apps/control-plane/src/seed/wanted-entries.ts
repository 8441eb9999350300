import { type Catalog, type CatalogProvider, isSold } from '@trunkline/catalog';
import { adapterOf } from '@trunkline/providers';
import { resolveProvider } from '../modules/provider-entries/index.js';
import { variableOf } from './declared-entries.js';
import { PLAIN_ENTRY, type WantedEntry } from './wanted-entry.js';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The platform's entries: those that the file declares; beside them one for each other provider whose names in the
 * environment are all set, or, with no real key of a known provider at all and a simulator, a simulated one for each
 * that has an adapter and something to sell.
 */
export function wantedEntries(
  catalog: Catalog,
  variables: Variables,
  simulatorUrl: string | null,
  declared: readonly WantedEntry[] = [],
): WantedEntry[] {
  const declaredIds = new Set(declared.map(({ providerId }) => providerId));
  const keyed = catalog.providers.filter(({ env, envInstead }) =>
    [env, ...envInstead].some((names) => names.every((name) => variables[name])),
  );
  const real = keyed.filter(({ id }) => !declaredIds.has(id));
  const isReal = keyed.length > 0 || declared.some(({ providerId }) => catalog.providersById.has(providerId));
  const others = isReal
    ? real.flatMap((provider) => realEntry(provider, variables) ?? [])
    : simulatorUrl === null
      ? []
      : simulatedEntries(catalog, simulatorUrl);
  return [...declared, ...others];
}

function realEntry(provider: CatalogProvider, variables: Variables): WantedEntry | null {
  const adapter = adapterOf(provider.id);
  const apiKey = adapter?.auth.type === 'aws' ? awsKeys(provider, variables) : keyOf(provider, variables);
  if (!adapter || !apiKey) return null;
  const ownUrl = provider.env.find((name) => /_BASE_URL$|_API_BASE$/.test(name));
  const reading = resolveProvider({
    id: provider.id,
    baseUrl: (ownUrl && variables[ownUrl]) || undefined,
    partOf: (name) => variables[variableOf(provider, name) ?? ''],
  });
  if (reading.kind === 'problem') return null;
  return {
    ...PLAIN_ENTRY,
    providerId: provider.id,
    protocol: reading.protocol,
    baseUrl: reading.baseUrl,
    source: 'environment',
    apiKeys: [apiKey],
  };
}

function keyOf(provider: CatalogProvider, variables: Variables): string | undefined {
  const name = [...provider.env, ...provider.otherEnv].find(
    (known) => /KEY|TOKEN|CREDENTIALS/.test(known) && variables[known],
  );
  return name && variables[name];
}

/** Amazon's keys are several names, which make one credential; a token of the service goes before them. */
function awsKeys(provider: CatalogProvider, variables: Variables): string | undefined {
  const valueOf = (part: string) => variables[variableOf(provider, part) ?? ''];
  const token = valueOf('bearer_token_bedrock');
  const [id, secret, session] = ['access_key_id', 'secret_access_key', 'session_token'].map(valueOf);
  if (token || !id || !secret) return token;
  return [id, secret, ...(session ? [session] : [])].join(':');
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
        ...PLAIN_ENTRY,
        providerId: id,
        protocol: adapter.protocol,
        baseUrl: `${simulatorUrl}/p/${id}${simulatedPath(adapter)}`,
        source: 'simulator' as const,
        apiKeys: [`sim-${id}-1`],
      },
    ];
  });
}

/** Adapters of OpenAI's protocol append to `…/v1`; others to whatever path their own address has. */
function simulatedPath({ protocol, baseUrl }: { protocol: string; baseUrl: string }): string {
  // A simulated project is called `project`.
  const whole = baseUrl.replaceAll(/\{(\w+)\}/g, '$1');
  return protocol === 'openai' ? '/v1' : new URL(whole).pathname.replace(/\/+$/, '');
}
