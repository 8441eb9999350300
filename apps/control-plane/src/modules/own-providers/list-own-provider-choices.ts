import type { OwnProviderChoices } from '@trunkline/contracts/control-plane';
import { adapterOfProtocol, allAdapters, PROTOCOLS } from '@trunkline/providers';

/** What keys can be added for: every provider that has an adapter, whether or not the platform has keys of its own. */
export function listOwnProviderChoices(): OwnProviderChoices {
  const providers = allAdapters().map(({ id, name, baseUrl, docsUrl }) => ({ id, name, baseUrl, docsUrl }));
  return {
    providers: providers.toSorted((left, right) => left.name.localeCompare(right.name)),
    protocols: PROTOCOLS.filter((protocol) => adapterOfProtocol(protocol)),
  };
}
