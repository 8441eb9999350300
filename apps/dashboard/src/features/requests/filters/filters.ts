import { createLoader, parseAsArrayOf, parseAsBoolean, parseAsString } from 'nuqs/server';

/** What the log can be narrowed by; each stands in the URL under its name. */
export const FILTER_NAMES = [
  'status',
  'model',
  'provider',
  'key',
  'cost',
  'latency',
  'first-token',
  'attempts',
  'failedOver',
  'error',
  'user',
  'id',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Values of each filter; several of one are alternatives. */
export type Filters = Record<FilterName, string[]>;

const values = parseAsArrayOf(parseAsString).withDefault([]);

export const filterParams = {
  status: values,
  model: values,
  provider: values,
  key: values,
  cost: values,
  latency: values,
  'first-token': values,
  attempts: values,
  failedOver: values,
  error: values,
  user: values,
  id: values,
} satisfies Record<FilterName, typeof values>;

/** The rest of what the page of requests keeps in its URL. */
export const logParams = {
  call: parseAsString,
  live: parseAsBoolean.withDefault(false),
  cols: parseAsArrayOf(parseAsString),
};

export const loadFilters = createLoader(filterParams);
export const loadLogParams = createLoader(logParams);

/** Filters of which one value holds at a time; a new one takes the old one's place. */
const SINGLE: ReadonlySet<FilterName> = new Set([
  'cost',
  'latency',
  'first-token',
  'attempts',
  'failedOver',
  'user',
  'id',
]);

export function withFilter(filters: Filters, name: FilterName, value: string): Filters {
  if (filters[name].includes(value)) return filters;
  return { ...filters, [name]: SINGLE.has(name) ? [value] : [...filters[name], value] };
}

export function withoutFilter(filters: Filters, name: FilterName, value: string): Filters {
  return { ...filters, [name]: filters[name].filter((one) => one !== value) };
}

export function countFilters(filters: Filters): number {
  return FILTER_NAMES.reduce((sum, name) => sum + filters[name].length, 0);
}
