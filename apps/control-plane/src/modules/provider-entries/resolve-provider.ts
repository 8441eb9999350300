import { adapterOf, adapterOfProtocol, PROTOCOLS, type ProviderAdapter } from '@trunkline/providers';

/** A provider as somebody declares it: a known id, or any endpoint that speaks a known protocol. */
export interface ProviderWish {
  readonly id: string;
  readonly protocol?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly region?: string | null | undefined;
  /** Values for other parts in braces of the adapter's address; undefined where nobody knows. */
  partOf?(name: string): string | undefined;
}

export type ProviderReading =
  | {
      readonly kind: 'resolved';
      readonly adapter: ProviderAdapter;
      readonly protocol: string;
      /** Without a trailing slash. */
      readonly baseUrl: string;
      readonly needsCredential: boolean;
    }
  | { readonly kind: 'problem'; readonly field: 'id' | 'protocol' | 'baseUrl'; readonly message: string };

/** Finds how to speak with a provider, and where it is. */
export function resolveProvider(wish: ProviderWish): ProviderReading {
  const own = adapterOf(wish.id);
  if (own && wish.protocol !== undefined && wish.protocol !== own.protocol) {
    return problem(
      'protocol',
      `${own.name} is spoken to in ${own.protocol}: leave it out, or take another id for an endpoint of your own`,
    );
  }
  if (!own && wish.protocol === undefined) {
    return problem(
      'protocol',
      `is needed, since ${wish.id} is no provider that is known here: one of ${spoken()}`,
    );
  }
  const adapter = own ?? adapterOfProtocol(wish.protocol ?? '');
  if (!adapter) return problem('protocol', `must be one of ${spoken()}`);
  if (!own && wish.baseUrl === undefined)
    return problem('baseUrl', `is needed, since ${wish.id} is no provider that is known here`);
  const baseUrl = (wish.baseUrl ?? fillParts(adapter, wish)).replace(/\/+$/, '');
  if (/[{}]|%7B/i.test(baseUrl))
    return problem('baseUrl', `is needed: the address of ${adapter.name} has a part that only you know`);
  return {
    kind: 'resolved',
    adapter,
    protocol: own?.protocol ?? wish.protocol ?? adapter.protocol,
    baseUrl,
    needsCredential: adapter.auth.type !== 'optional-bearer',
  };
}

/** What providers call the place that an entry's `region` names. */
const REGION_PARTS: ReadonlySet<string> = new Set(['region', 'location']);

function fillParts(adapter: ProviderAdapter, wish: ProviderWish): string {
  const filled = adapter.baseUrl.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = (REGION_PARTS.has(name) ? wish.region : null) ?? wish.partOf?.(name);
    return value ? encodeURIComponent(value) : whole;
  });
  return adapter.addressOf?.(filled) ?? filled;
}

function spoken(): string {
  return PROTOCOLS.filter((protocol) => adapterOfProtocol(protocol)).join(', ');
}

function problem(field: 'id' | 'protocol' | 'baseUrl', message: string): ProviderReading {
  return { kind: 'problem', field, message };
}
