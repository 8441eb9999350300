import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { Schemas } from '@/lib/api';

type Model = Schemas['CatalogModel'];

export const MODEL_SORTS = ['name', 'released', 'context', 'input', 'output'] as const;
export type ModelSort = (typeof MODEL_SORTS)[number];

/** What the list is narrowed by and sorted after, in the URL. */
export const modelParams = {
  q: parseAsString.withDefault(''),
  provider: parseAsString.withDefault(''),
  can: parseAsString.withDefault(''),
  kind: parseAsString.withDefault('chat'),
  all: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(MODEL_SORTS).withDefault('released'),
};

export interface ModelFilter {
  q: string;
  provider: string;
  can: string;
  kind: string;
  all: boolean;
  sort: ModelSort;
}

/** Capabilities that people choose by. */
export const CAPABILITIES: readonly { id: string; label: string }[] = [
  { id: 'tools', label: 'Tools' },
  { id: 'vision', label: 'Images' },
  { id: 'reasoning', label: 'Reasoning' },
  { id: 'structured_outputs', label: 'Schema' },
  { id: 'prompt_caching', label: 'Cache' },
];

const price = (nanoUsd: string | null) => (nanoUsd === null ? Infinity : Number(nanoUsd));
const released = ({ releasedAt }: Model) => (releasedAt ? Date.parse(releasedAt) : 0);

const ORDER: Readonly<Record<ModelSort, (left: Model, right: Model) => number>> = {
  name: (left, right) => left.name.localeCompare(right.name),
  released: (left, right) => released(right) - released(left),
  context: (left, right) => (right.contextWindow ?? 0) - (left.contextWindow ?? 0),
  input: (left, right) => price(left.inputNanoUsdPerMillion) - price(right.inputNanoUsdPerMillion),
  output: (left, right) => price(left.outputNanoUsdPerMillion) - price(right.outputNanoUsdPerMillion),
};

/** Every word that was typed stands somewhere in the model's id or name. */
function matches({ id, name }: Model, typed: string): boolean {
  const text = `${id} ${name}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function chooseModels(models: readonly Model[], filter: ModelFilter): Model[] {
  return models
    .filter(
      (model) =>
        (filter.all || model.callable) &&
        (filter.kind === '' || model.kind === filter.kind) &&
        (filter.provider === '' || model.providerIds.includes(filter.provider)) &&
        (filter.can === '' || model.capabilities[filter.can] === true) &&
        matches(model, filter.q.trim()),
    )
    .sort((left, right) => ORDER[filter.sort](left, right) || left.id.localeCompare(right.id));
}
