import { z } from 'zod';
import { checkCatalog } from '../check.js';
import { buildCatalog, type Catalog } from '../load-catalog.js';
import { catalogModel } from '../model-schema.js';
import { diffModels, type CatalogDiff } from './diff-models.js';
import { mergeImport, type MergeOptions } from './merge-import.js';
import type { WrittenModel } from './read-import.js';

export interface ImportPlan {
  readonly models: readonly WrittenModel[];
  readonly diff: CatalogDiff;
  /** While there is one, nothing may be written. */
  readonly errors: readonly string[];
  /** Of the models that change. */
  readonly warnings: readonly string[];
}

/**
 * Plans an import: what would stand in the catalog afterwards, what that changes, and whether the whole still keeps the
 * catalog's rules.
 * @param current the models as they stand in the files
 */
export function planImport(
  catalog: Catalog,
  current: readonly WrittenModel[],
  imported: readonly WrittenModel[],
  options: MergeOptions,
): ImportPlan {
  const { models, problems } = mergeImport(current, imported, options);
  const parsed = z.array(catalogModel).parse(models);
  const report = checkCatalog(buildCatalog({ ...catalog, models: parsed }), new Date(options.today));
  const touched = imported.map(({ id }) => id);
  const past = options.from !== null && options.from <= options.today;
  return {
    models,
    diff: diffModels(catalog.models, parsed),
    errors: [
      ...(past ? [`--from ${options.from} has begun: what was charged since cannot be rewritten`] : []),
      ...problems,
      ...report.errors,
    ],
    warnings: report.warnings.filter((text) => touched.some((id) => text.includes(id))),
  };
}
