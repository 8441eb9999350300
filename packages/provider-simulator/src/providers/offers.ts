/** What a provider offers under one of its own model names. A member that is not known is not checked. */
export interface ModelOffer {
  readonly endpoints: readonly string[];
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  readonly reasoning?: boolean;
  readonly tools?: boolean;
  readonly vision?: boolean;
}

export interface ProviderOffers {
  readonly protocol: string;
  readonly models: ReadonlyMap<string, ModelOffer>;
}

export type Offers = ReadonlyMap<string, ProviderOffers>;

/** The file named by `SIMULATOR_OFFERS_FILE`, as JSON. */
export interface OffersDocument {
  readonly providers: Readonly<
    Record<string, { readonly protocol: string; readonly models: Readonly<Record<string, ModelOffer>> }>
  >;
}

/** Reads an offers document. @throws Error that names the member which is wrong. */
export function parseOffers(document: unknown): Offers {
  const offers = new Map<string, ProviderOffers>();
  for (const [id, provider] of Object.entries(object(object(document, 'offers')['providers'], 'providers'))) {
    const path = `providers.${id}`;
    const { protocol, models } = object(provider, path);
    if (typeof protocol !== 'string') throw new Error(`${path}.protocol must be a string`);
    const parsed = Object.entries(object(models, `${path}.models`)).map(
      ([name, offer]) => [name, parseOffer(offer, `${path}.models.${name}`)] as const,
    );
    offers.set(id, { protocol, models: new Map(parsed) });
  }
  return offers;
}

function parseOffer(value: unknown, path: string): ModelOffer {
  const offer = object(value, path);
  const endpoints = offer['endpoints'];
  if (!Array.isArray(endpoints)) throw new Error(`${path}.endpoints must be a list`);
  return {
    endpoints: endpoints.map(String),
    ...optional(offer, 'contextWindow', 'number', path),
    ...optional(offer, 'maxOutputTokens', 'number', path),
    ...optional(offer, 'reasoning', 'boolean', path),
    ...optional(offer, 'tools', 'boolean', path),
    ...optional(offer, 'vision', 'boolean', path),
  };
}

function optional(
  offer: Record<string, unknown>,
  key: string,
  type: 'number' | 'boolean',
  path: string,
): object {
  const value = offer[key];
  if (value === undefined || value === null) return {};
  if (typeof value !== type) throw new Error(`${path}.${key} must be a ${type}`);
  return { [key]: value };
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${path} must be an object`);
  return value as Record<string, unknown>;
}
