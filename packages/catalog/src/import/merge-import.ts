import { isDeepStrictEqual } from 'node:util';
import type { WrittenModel } from './read-import.js';

type WrittenOffer = WrittenModel['offers'][number];

export interface MergeOptions {
  /** The file has every model that there is: those that it lacks are retired. */
  readonly whole: boolean;
  /** First day of changed prices, `YYYY-MM-DD`; null for at once. */
  readonly from: string | null;
  /** `YYYY-MM-DD`; stands as the reason of what ends. */
  readonly today: string;
}

export interface Merged {
  readonly models: readonly WrittenModel[];
  /** What the options ask for and the data cannot say. */
  readonly problems: readonly string[];
}

/**
 * Puts imported models in the place of those of the same id, and new ones behind them. Nothing is deleted: an offer that
 * the file no longer has becomes deprecated, and with `whole` a model that it no longer has retires, since names and
 * bills of before point at them. With `from`, changed prices become rows of the offers' schedules.
 */
export function mergeImport(
  current: readonly WrittenModel[],
  imported: readonly WrittenModel[],
  options: MergeOptions,
): Merged {
  const problems: string[] = [];
  const byId = new Map(imported.map((model) => [model.id, model]));
  const known = new Set(current.map(({ id }) => id));
  const models = current.map((model) => {
    const next = byId.get(model.id);
    if (next) return mergeModel(model, next, options, problems);
    return options.whole && model.status !== 'retired' ? retire(model, options) : model;
  });
  return { models: [...models, ...imported.filter(({ id }) => !known.has(id))], problems };
}

function mergeModel(
  before: WrittenModel,
  after: WrittenModel,
  options: MergeOptions,
  problems: string[],
): WrittenModel {
  const offers = after.offers.map((offer) => {
    const old = before.offers.find(({ provider }) => provider === offer.provider);
    return old && options.from !== null
      ? scheduleChange(`${after.id}@${offer.provider}`, old, offer, options.from, problems)
      : offer;
  });
  const offered = new Set(after.offers.map(({ provider }) => provider));
  const gone = before.offers.filter(({ provider }) => !offered.has(provider));
  return { ...after, offers: [...offers, ...gone.map((offer) => deprecate(offer, options))] };
}

/** The offer with its present prices, and the new ones from a day on. */
function scheduleChange(
  id: string,
  before: WrittenOffer,
  after: WrittenOffer,
  from: string,
  problems: string[],
): WrittenOffer {
  for (const part of ['tiers', 'timeOfDay'] as const) {
    if (!isDeepStrictEqual(before[part] ?? [], after[part] ?? []))
      problems.push(`${id}: ${part} have no day of their own and change at once: leave out --from`);
  }
  if (!isDeepStrictEqual(before.schedule ?? [], after.schedule ?? []) && after.schedule?.length)
    problems.push(`${id}: the file has a schedule of its own: leave out --from`);
  if (isDeepStrictEqual(before.prices, after.prices)) return after;
  for (const field of Object.keys(before.prices)) {
    if (!(field in after.prices))
      problems.push(`${id}: the price of ${field} cannot end on a day: leave out --from`);
  }
  const until = (before.schedule ?? []).filter((row) => row.from == null || row.from < from);
  const first = until.length > 0 ? until : [{ prices: {} }];
  return { ...after, prices: before.prices, schedule: [...first, { from, prices: after.prices }] };
}

function deprecate(offer: WrittenOffer, { today }: MergeOptions): WrittenOffer {
  if (offer.status === 'deprecated') return offer;
  const reason = `not in the import of ${today}`;
  return { ...offer, status: 'deprecated', deprecation: { reason, ...offer.deprecation } };
}

function retire(model: WrittenModel, options: MergeOptions): WrittenModel {
  return { ...model, status: 'retired', offers: model.offers.map((offer) => deprecate(offer, options)) };
}
