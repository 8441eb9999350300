import { type Catalog, type CatalogProvider } from '@trunkline/catalog';
import { ConfigFileError, type DeclaredProvider } from '@trunkline/config-file';
import { resolveProvider } from '../modules/provider-entries/index.js';
import type { WantedEntry } from './wanted-entry.js';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The entries that the configuration file declares.
 * @param file its name, for messages
 * @throws ConfigFileError that names every provider that cannot be
 */
export function declaredEntries(
  catalog: Catalog,
  providers: readonly DeclaredProvider[],
  variables: Variables,
  file: string,
): WantedEntry[] {
  const problems: string[] = [];
  const entries = providers.flatMap((provider, index) => {
    const at = `providers[${index}]`;
    const found = declaredEntry(catalog, provider, variables);
    if ('entry' in found) return [found.entry];
    problems.push(`${at}.${found.field} ${found.message}`);
    return [];
  });
  if (problems.length > 0) throw new ConfigFileError(file, problems);
  return entries;
}

function declaredEntry(
  catalog: Catalog,
  provider: DeclaredProvider,
  variables: Variables,
): { entry: WantedEntry } | { field: string; message: string } {
  const known = catalog.providersById.get(provider.id);
  const reading = resolveProvider({
    ...provider,
    partOf: (name) => known && variables[variableOf(known, name) ?? ''],
  });
  if (reading.kind === 'problem') return reading;
  const apiKeys = provider.apiKeys ?? (provider.apiKey === undefined ? [] : [provider.apiKey]);
  if (apiKeys.length === 0 && reading.needsCredential)
    return { field: 'apiKey', message: `is needed for ${reading.adapter.name}` };
  const listed = provider.models.find(({ name }) => catalog.modelsById.has(`${provider.id}/${name}`));
  if (listed) return { field: 'models', message: `has ${listed.name}, which the catalog lists already` };
  return {
    entry: {
      providerId: provider.id,
      protocol: reading.protocol,
      baseUrl: reading.baseUrl,
      region: provider.region ?? null,
      tokenUrl: provider.tokenUrl ?? null,
      unlistedModels: provider.unlistedModels === 'allow',
      deployments: provider.deployments,
      source: 'file',
      apiKeys,
    },
  };
}

/** `{account_id}` is `CLOUDFLARE_ACCOUNT_ID`. */
export function variableOf(provider: CatalogProvider, part: string): string | undefined {
  return [...provider.env, ...provider.otherEnv].find((name) => name.endsWith(part.toUpperCase()));
}
