import { AppError } from '@trunkline/errors';
import type { ServedModel } from './model-list.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;

export function anthropicModel({ model }: ServedModel) {
  return {
    type: 'model' as const,
    id: model.id,
    display_name: model.name,
    created_at: new Date(model.createdSeconds * 1000).toISOString(),
  };
}

export interface PageQuery {
  limit?: string;
  after_id?: string;
  before_id?: string;
}

/**
 * Anthropic's list, a page at a time. https://docs.claude.com/en/api/models-list
 * @throws AppError 400 for a limit that is none, or a place that is not in the list
 */
export function anthropicPage(models: readonly ServedModel[], query: PageQuery) {
  const limit = readLimit(query.limit);
  const after = query.after_id === undefined ? -1 : placeOf(models, 'after_id', query.after_id);
  const before = query.before_id === undefined ? -1 : placeOf(models, 'before_id', query.before_id);
  const isBackward = query.before_id !== undefined;
  const start = isBackward ? Math.max(0, before - limit) : after + 1;
  const end = isBackward ? Math.max(0, before) : start + limit;
  const page = models.slice(start, end);
  return {
    data: page.map(anthropicModel),
    has_more: isBackward ? start > 0 : end < models.length,
    first_id: page[0]?.model.id ?? null,
    last_id: page.at(-1)?.model.id ?? null,
  };
}

function placeOf(models: readonly ServedModel[], param: 'after_id' | 'before_id', id: string): number {
  const place = models.findIndex(({ model }) => model.id === id);
  if (place >= 0) return place;
  throw new AppError('invalid_value', { publicMessage: `${param} names no model of this list.`, param });
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new AppError('invalid_value', {
    publicMessage: `limit must be a whole number from 1 to ${MAX_LIMIT}.`,
    param: 'limit',
  });
}
