import { FILTER_FIELDS, splitTyped } from './filter-fields';
import type { FilterName } from './filters';

/** What the suggestions know of the organization. */
export interface SuggestContext {
  models: readonly string[];
  providers: readonly string[];
  keys: readonly { id: string; name: string }[];
}

export type Suggestion =
  /** Writes the field's name into the bar; its value comes next. */
  | { kind: 'field'; typed: string; label: string; example: string }
  | { kind: 'value'; name: FilterName; value: string; label: string };

const MOST = 8;
const FIXED: Partial<Record<FilterName, readonly { value: string; label: string }[]>> = {
  status: ['2xx', '4xx', '5xx', '400', '401', '402', '404', '429', '499', '502', '503', '504'].map(
    (value) => ({ value, label: value }),
  ),
  failedOver: [
    { value: 'true', label: 'yes' },
    { value: 'false', label: 'no' },
  ],
  cost: [
    { value: '0.01..', label: '≥ $0.01' },
    { value: '0.1..', label: '≥ $0.1' },
  ],
  latency: [
    { value: '2000..', label: '≥ 2 s' },
    { value: '10000..', label: '≥ 10 s' },
  ],
  'first-token': [
    { value: '1000..', label: '≥ 1 s' },
    { value: '3000..', label: '≥ 3 s' },
  ],
  attempts: [{ value: '2..', label: '≥ 2' }],
};

function known(name: FilterName, context: SuggestContext): readonly { value: string; label: string }[] {
  switch (name) {
    case 'model':
      return context.models.map((id) => ({ value: id, label: id }));
    case 'provider':
      return context.providers.map((id) => ({ value: id, label: id }));
    case 'key':
      return context.keys.map(({ id, name: label }) => ({ value: id, label }));
    default:
      return FIXED[name] ?? [];
  }
}

const contains = (text: string, part: string) => text.toLowerCase().includes(part);

/** What could be meant by what was typed so far, the likeliest first. */
export function suggest(text: string, context: SuggestContext): Suggestion[] {
  const { field, rest } = splitTyped(text);
  const part = rest.trim().toLowerCase();
  if (field) {
    const values = known(field.name, context)
      .filter(({ label }) => contains(label, part))
      .slice(0, MOST)
      .map((value): Suggestion => ({ kind: 'value', name: field.name, ...value }));
    const own = part && field.name !== 'key' ? field.read(rest) : null;
    const isNew = own !== null && !values.some((one) => one.kind === 'value' && one.value === own);
    return isNew
      ? [{ kind: 'value', name: field.name, value: own, label: field.say(own) }, ...values]
      : values;
  }
  const fields = FILTER_FIELDS.filter(
    ({ typed, label }) => contains(typed, part) || contains(label, part),
  ).map(({ typed, label, example }): Suggestion => ({ kind: 'field', typed, label, example }));
  if (!part) return fields;
  const values = (['provider', 'key', 'model'] as const).flatMap((name) =>
    known(name, context)
      .filter(({ label }) => contains(label, part))
      .slice(0, 4)
      .map((value): Suggestion => ({ kind: 'value', name, ...value })),
  );
  return [...fields, ...values, { kind: 'value', name: 'id', value: rest.trim(), label: rest.trim() }];
}
