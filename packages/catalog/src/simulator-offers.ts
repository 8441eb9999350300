import type { Endpoint } from '@trunkline/contracts';
import type { Catalog } from './load-catalog.js';
import type { CatalogModel } from './model-schema.js';
import type { CatalogOffer } from './offer-schema.js';

/** A member that no source knows is left out, and the simulator does not check it. */
interface SimulatedModel {
  endpoints: Endpoint[];
  contextWindow?: number;
  maxOutputTokens?: number;
  reasoning?: boolean;
  tools?: boolean;
  vision?: boolean;
}

interface SimulatedProvider {
  protocol: string;
  models: Record<string, SimulatedModel>;
}

/** What the provider simulator is told of the catalog, so that it can refuse what an offer does not have. */
export interface SimulatorOffers {
  providers: Record<string, SimulatedProvider>;
}

function simulate(model: CatalogModel, offer: CatalogOffer): SimulatedModel {
  const known = {
    contextWindow: offer.contextWindow ?? model.contextWindow,
    maxOutputTokens: offer.maxOutputTokens ?? model.maxOutputTokens,
    reasoning: model.capabilities?.reasoning ?? null,
    tools: model.capabilities?.tools ?? null,
    vision: model.capabilities?.vision ?? null,
  };
  const stated = Object.entries(known).filter(([, value]) => value !== null);
  return { endpoints: offer.endpoints, ...Object.fromEntries(stated) };
}

/**
 * Lists every provider with the names under which its active offers can be called. A name that is one offer's own is
 * never given to another offer that merely knows it as an alias.
 */
export function simulatorOffers(catalog: Catalog): SimulatorOffers {
  const providers: Record<string, SimulatedProvider> = {};
  for (const provider of catalog.providers)
    providers[provider.id] = { protocol: provider.protocol, models: {} };
  const active = catalog.models.flatMap((model) =>
    model.offers
      .filter((offer) => offer.status === 'active')
      .map((offer) => ({ model, offer, names: providers[offer.provider]?.models ?? {} })),
  );
  for (const { model, offer, names } of active) names[offer.providerModel] = simulate(model, offer);
  for (const { model, offer, names } of active) {
    for (const alias of offer.otherNames) names[alias] ??= simulate(model, offer);
  }
  return { providers };
}

/** Prints the list as JSON with one model a line, in a stable order. */
export function printSimulatorOffers(offers: SimulatorOffers): string {
  const providers = Object.entries(offers.providers).map(([id, { protocol, models }]) => {
    const lines = Object.entries(models)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, model]) => `        ${JSON.stringify(name)}: ${JSON.stringify(model)}`);
    const body = lines.length > 0 ? `{\n${lines.join(',\n')}\n      }` : '{}';
    return `    ${JSON.stringify(id)}: {\n      "protocol": ${JSON.stringify(protocol)},\n      "models": ${body}\n    }`;
  });
  return `{\n  "providers": {\n${providers.join(',\n')}\n  }\n}\n`;
}
