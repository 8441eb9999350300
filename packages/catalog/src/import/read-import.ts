import { z } from 'zod';
import { catalogModel, type CatalogModel } from '../model-schema.js';

/** A model as it stands in a file: what the schema would fill in is left out. */
export type WrittenModel = z.input<typeof catalogModel>;

export type ImportReading =
  | { readonly kind: 'read'; readonly models: readonly WrittenModel[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const ids = z.array(z.looseObject({ id: z.string() }));

/** Reads a file of models in the format of `data/models`: an array of models with their offers and prices. */
export function readImport(text: string): ImportReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return invalid([`is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = z.array(catalogModel).safeParse(value);
  if (!parsed.success)
    return invalid(parsed.error.issues.map((issue) => `${placeOf(value, issue.path)}: ${issue.message}`));
  const repeated = repeatedIds(parsed.data);
  return repeated.length > 0 ? invalid(repeated) : { kind: 'read', models: value as WrittenModel[] };
}

/** The model's id and the path within it, rather than its number in a file of hundreds. */
function placeOf(value: unknown, [index, ...path]: PropertyKey[]): string {
  const list = ids.safeParse(value);
  const id = list.success && typeof index === 'number' ? list.data[index]?.id : undefined;
  return [id ?? `[${String(index ?? '')}]`, ...path.map(String)].join('.');
}

function repeatedIds(models: readonly CatalogModel[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const model of models) {
    if (seen.has(model.id)) problems.push(`${model.id}: stands twice`);
    seen.add(model.id);
    const providers = model.offers.map(({ provider }) => provider);
    for (const provider of new Set(providers.filter((id, index) => providers.indexOf(id) < index)))
      problems.push(`${model.id}: ${provider} offers it twice`);
  }
  return problems;
}

function invalid(problems: readonly string[]): ImportReading {
  return { kind: 'invalid', problems };
}
