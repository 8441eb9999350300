import type { CatalogAuthor, CatalogModel } from './model-schema.js';
import type { CatalogOffer } from './offer-schema.js';

/** A name by which a caller may ask for a model, bare or as `author/name`. */
export interface CatalogName {
  name: string;
  modelId: string;
  /** Provider id → name to send there, where it is not the offer's own. */
  sendAs: Record<string, string>;
  /** Providers that sell exactly this dated version; null when any offer of the model will do. */
  onlyAt: string[] | null;
}

/** A name that more than one model lays claim to, and who got it: null when it is left out of the table. */
export interface NameConflict {
  name: string;
  modelIds: string[];
  givenTo: string | null;
}

export interface NameTable {
  names: CatalogName[];
  conflicts: NameConflict[];
}

/** Lower wins between two models of one author. */
const RANKS = { slug: 0, makersName: 1, makersOtherName: 2 } as const;

interface Claim {
  model: CatalogModel;
  rank: number;
}

/** The date in a versioned name as bare digits: `gpt-4o-2024-08-06` and `…@20240806` → `20240806`, `grok-4-0709` → `0709`. */
export function versionStamp(name: string): string | null {
  const match = /(?<![\d.])(20\d{2}-?\d{2}-?\d{2}|\d{4})(?=$|[-@:])/.exec(name);
  return match?.[1] ? match[1].replaceAll('-', '') : null;
}

function ownNames(offer: CatalogOffer): string[] {
  return [offer.providerModel, ...offer.otherNames];
}

/** A provider's name as a bare name: `perplexity/sonar` by Perplexity is `sonar`; another's path is no name at all. */
function bareName(name: string, author: string): string | null {
  const bare = name.startsWith(`${author}/`) ? name.slice(author.length + 1) : name;
  return bare.includes('/') ? null : bare;
}

function claimsOf(model: CatalogModel, maker: CatalogAuthor | undefined): Map<string, number> {
  const claims = new Map<string, number>([[model.id.slice(model.author.length + 1), RANKS.slug]]);
  for (const offer of model.offers) {
    if (!maker?.providers.includes(offer.provider)) continue;
    for (const name of ownNames(offer)) {
      const bare = bareName(name, model.author);
      const rank = name === offer.providerModel ? RANKS.makersName : RANKS.makersOtherName;
      if (bare && rank < (claims.get(bare) ?? Number.POSITIVE_INFINITY)) claims.set(bare, rank);
    }
  }
  return claims;
}

/** The name to send to a provider for a name that was asked for: the very name, else the one of the same date, else none. */
function nameAt(offer: CatalogOffer, name: string, stamp: string | null, author: string): string | undefined {
  const own = ownNames(offer);
  const same = own.find((known) => bareName(known, author) === name);
  return same ?? (stamp ? own.find((known) => versionStamp(known) === stamp) : undefined);
}

/** The slug, and an undated name that is the maker's first, mean the model as such: every offer's own name is right. */
function meansTheModel(name: string, rank: number): boolean {
  return rank === RANKS.slug || (rank === RANKS.makersName && versionStamp(name) === null);
}

function describe(name: string, { model, rank }: Claim, stamps: ReadonlySet<string>): CatalogName {
  if (meansTheModel(name, rank)) return { name, modelId: model.id, sendAs: {}, onlyAt: null };
  const stamp = versionStamp(name);
  const isOneOfSeveralVersions = stamp !== null && stamps.size > 1;
  const sendAs: Record<string, string> = {};
  const onlyAt: string[] = [];
  for (const offer of model.offers) {
    const send = nameAt(offer, name, stamp, model.author);
    if (send === undefined) continue;
    onlyAt.push(offer.provider);
    if (send !== offer.providerModel) sendAs[offer.provider] = send;
  }
  return { name, modelId: model.id, sendAs, onlyAt: isOneOfSeveralVersions ? onlyAt : null };
}

function settle(claims: readonly Claim[]): Claim | null {
  const [first, ...rest] = claims.toSorted((left, right) => left.rank - right.rank);
  if (!first) return null;
  if (rest.some((claim) => claim.model.author !== first.model.author)) return null;
  return rest[0]?.rank === first.rank ? null : first;
}

/**
 * Makes the unique table of names from the models: each slug, what the maker calls the model, and its dated versions.
 * A name that models of different authors claim is left out; between models of one author the slug goes before the
 * maker's name, and that before the maker's other names.
 */
export function buildNames(
  models: readonly CatalogModel[],
  authors: ReadonlyMap<string, CatalogAuthor>,
): NameTable {
  const claims = new Map<string, Claim[]>();
  const stampsByModel = new Map<string, ReadonlySet<string>>();
  for (const model of models) {
    const own = claimsOf(model, authors.get(model.author));
    for (const [name, rank] of own) claims.set(name, [...(claims.get(name) ?? []), { model, rank }]);
    stampsByModel.set(model.id, new Set([...own.keys()].map(versionStamp).filter((stamp) => stamp !== null)));
  }
  const names: CatalogName[] = [];
  const conflicts: NameConflict[] = [];
  for (const [name, claimants] of claims) {
    const winner = settle(claimants);
    if (claimants.length > 1) {
      conflicts.push({
        name,
        modelIds: claimants.map((claim) => claim.model.id),
        givenTo: winner?.model.id ?? null,
      });
    }
    if (!winner) continue;
    names.push(describe(name, winner, stampsByModel.get(winner.model.id) ?? new Set()));
  }
  return { names, conflicts };
}
