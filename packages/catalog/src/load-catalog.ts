import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { buildNames, type CatalogName, type NameConflict } from './catalog-names.js';
import { catalogAuthor, catalogModel, type CatalogAuthor, type CatalogModel } from './model-schema.js';
import { catalogProvider, type CatalogProvider } from './provider-schema.js';

/** The data folder of this package, the same from `src` and from `dist`. */
export const DATA_FOLDER = new URL('../data/', import.meta.url);

/** Everything that the data files say, checked and indexed. Shared by all callers: do not change it. */
export interface Catalog {
  models: readonly CatalogModel[];
  providers: readonly CatalogProvider[];
  authors: readonly CatalogAuthor[];
  names: readonly CatalogName[];
  nameConflicts: readonly NameConflict[];
  modelsById: ReadonlyMap<string, CatalogModel>;
  providersById: ReadonlyMap<string, CatalogProvider>;
  authorsById: ReadonlyMap<string, CatalogAuthor>;
  namesByName: ReadonlyMap<string, CatalogName>;
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(new URL(path, DATA_FOLDER), 'utf8')));
  if (!parsed.success) throw new Error(`catalog file ${path}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function filesOf(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, DATA_FOLDER))
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => `${folder}/${file}`);
}

function byId<T extends { id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Indexes models, providers and authors, and makes the table of names. */
export function buildCatalog(rows: Pick<Catalog, 'models' | 'providers' | 'authors'>): Catalog {
  const authorsById = byId(rows.authors);
  const { names, conflicts } = buildNames(rows.models, authorsById);
  return {
    models: rows.models,
    providers: rows.providers,
    authors: rows.authors,
    names,
    nameConflicts: conflicts,
    modelsById: byId(rows.models),
    providersById: byId(rows.providers),
    authorsById,
    namesByName: new Map(names.map((row) => [row.name, row])),
  };
}

function readCatalog(): Catalog {
  return buildCatalog({
    authors: readJson('authors.json', z.array(catalogAuthor)),
    providers: filesOf('providers').map((path) => readJson(path, catalogProvider)),
    models: filesOf('models').flatMap((path) => readJson(path, z.array(catalogModel))),
  });
}

let loaded: Catalog | undefined;

/** Who made the models, and which providers are the makers' own; without reading the models. */
export function loadAuthors(): readonly CatalogAuthor[] {
  return loaded?.authors ?? readJson('authors.json', z.array(catalogAuthor));
}

/**
 * Reads the package's data files, once per process.
 * @throws Error that names the file and the field when a file does not keep the schema
 */
export function loadCatalog(): Catalog {
  loaded ??= readCatalog();
  return loaded;
}
