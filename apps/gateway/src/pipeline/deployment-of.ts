import type { Target } from '@trunkline/routing';

/** The entry's own name for the model; null where it has none. The key comes from a client, who may call a model `constructor`. */
export function deploymentOf({ entry, providerModel }: Target): string | null {
  const { deployments } = entry;
  return deployments && Object.hasOwn(deployments, providerModel)
    ? (deployments[providerModel] ?? null)
    : null;
}
