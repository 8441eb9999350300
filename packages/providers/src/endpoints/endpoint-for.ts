import type { Endpoint } from '@trunkline/contracts';
import type { ProviderAdapter } from '../types.js';
import type { EndpointAdapters } from './types.js';

/**
 * How to reach one endpoint of an offer.
 * @returns undefined where the offer has it not, or the adapter does not speak it
 */
export function endpointFor<Name extends keyof EndpointAdapters>(
  adapter: ProviderAdapter,
  endpoint: Name,
  offered: readonly Endpoint[],
): EndpointAdapters[Name] | undefined {
  return offered.includes(endpoint) ? adapter.endpoints?.[endpoint] : undefined;
}
