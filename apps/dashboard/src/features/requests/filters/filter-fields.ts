import { durationText } from '@/lib/format-number';
import { sayBounds, typedBounds } from './bounds';
import type { FilterName } from './filters';

export interface FilterField {
  name: FilterName;
  /** What stands before the colon when it is typed. */
  typed: string;
  label: string;
  example: string;
  /** The value as it stands in the URL; null when what was typed makes no sense. */
  read: (typed: string) => string | null;
  /** The value as the chip shows it. */
  say: (value: string) => string;
}

const same = (text: string) => text;
const anyText = (typed: string) => typed.trim() || null;
const milliseconds = (value: string) => durationText(Number(value));

/** One entry per filter; the bar, its suggestions and the chips are made of this table. */
export const FILTER_FIELDS: readonly FilterField[] = [
  {
    name: 'status',
    typed: 'status',
    label: 'Status',
    example: '5xx or 429',
    read: (typed) => (/^(?:[245]xx|[1-5]\d\d)$/i.test(typed.trim()) ? typed.trim().toLowerCase() : null),
    say: same,
  },
  { name: 'model', typed: 'model', label: 'Model', example: 'openai/gpt-4o-mini', read: anyText, say: same },
  { name: 'provider', typed: 'provider', label: 'Provider', example: 'openai', read: anyText, say: same },
  { name: 'key', typed: 'key', label: 'Key', example: 'name of a key', read: anyText, say: same },
  {
    name: 'cost',
    typed: 'cost',
    label: 'Cost',
    example: '>0.01',
    read: (typed) => typedBounds(typed, false),
    say: (value) => sayBounds(value, (usd) => `$${usd}`),
  },
  {
    name: 'latency',
    typed: 'latency',
    label: 'Latency',
    example: '>2s',
    read: (typed) => typedBounds(typed, true),
    say: (value) => sayBounds(value, milliseconds),
  },
  {
    name: 'first-token',
    typed: 'first-token',
    label: 'First token',
    example: '>800ms',
    read: (typed) => typedBounds(typed, true),
    say: (value) => sayBounds(value, milliseconds),
  },
  {
    name: 'attempts',
    typed: 'attempts',
    label: 'Attempts',
    example: '>=2',
    read: (typed) =>
      typedBounds(
        typed.replace(/^>(?!=)\s*(\d+)$/, (_, count: string) => `>=${Number(count) + 1}`),
        false,
      ),
    say: (value) => sayBounds(value, same),
  },
  {
    name: 'failedOver',
    typed: 'failover',
    label: 'Saved by failover',
    example: 'yes or no',
    read: (typed) =>
      ({ yes: 'true', true: 'true', no: 'false', false: 'false' })[typed.trim().toLowerCase()] ?? null,
    say: (value) => (value === 'true' ? 'yes' : 'no'),
  },
  { name: 'error', typed: 'error', label: 'Error code', example: 'rate_limited', read: anyText, say: same },
  { name: 'user', typed: 'user', label: 'End user', example: 'user-42', read: anyText, say: same },
  {
    name: 'id',
    typed: 'id',
    label: 'Id',
    example: 'of a request, an attempt, yours or the provider’s',
    read: anyText,
    say: same,
  },
];

const byTyped = new Map(FILTER_FIELDS.map((field) => [field.typed, field]));
const byName = new Map(FILTER_FIELDS.map((field) => [field.name, field]));

export function fieldOf(name: FilterName): FilterField | undefined {
  return byName.get(name);
}

/** Splits `status:5xx` at its first colon; a text without a known field has none. */
export function splitTyped(text: string): { field: FilterField | null; rest: string } {
  const at = text.indexOf(':');
  const field = at === -1 ? undefined : byTyped.get(text.slice(0, at).trim().toLowerCase());
  return field ? { field, rest: text.slice(at + 1) } : { field: null, rest: text };
}
