import { ConfigFileError, readConfigFile } from '@trunkline/config-file';
import { ServiceProblem } from '@trunkline/local-services';
import type { ProviderVariables } from './provider-keys.js';
import type { Settings } from './settings.js';

/** What of the configuration file concerns the start itself; the seed makes it so. */
export interface DeclaredProviders {
  /** Ids of declared providers that the catalog knows: one of them turns the simulator off. */
  known: string[];
  /** Ids of endpoints that no catalog knows. */
  own: string[];
  /** Names of variables that hold their keys. */
  secretVariables: readonly string[];
}

/**
 * Reads the configuration file before anything is started.
 *
 * @throws ServiceProblem that names every problem in it
 */
export async function declaredProviders(
  settings: Settings,
  catalog: readonly ProviderVariables[],
): Promise<DeclaredProviders> {
  if (settings.configFile === undefined) return { known: [], own: [], secretVariables: [] };
  try {
    const { providers, secretVariables } = await readConfigFile(settings.configFile, settings.env);
    const ids = providers.map(({ id }) => id);
    const isKnown = (id: string) => catalog.some((provider) => provider.id === id);
    return {
      known: ids.filter(isKnown),
      own: ids.filter((id) => !isKnown(id)),
      secretVariables,
    };
  } catch (error) {
    if (error instanceof ConfigFileError) throw new ServiceProblem(error.message);
    throw error;
  }
}
