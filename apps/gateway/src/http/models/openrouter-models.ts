import { AppError } from '@trunkline/errors';
import type { ServedModel } from './model-list.js';
import { openAiModel } from './openai-model.js';

export interface OffsetQuery {
  readonly offset?: string;
  readonly limit?: string;
}

const MAX_LIMIT = 10_000;

/**
 * OpenRouter's list: OpenAI's with totals, and in pages for clients that ask for pages.
 * https://openrouter.ai/docs/api-reference/list-available-models
 */
export function openRouterPage(models: readonly ServedModel[], query: OffsetQuery) {
  const offset = readNumber('offset', query.offset, 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const limit = readNumber('limit', query.limit, 1, MAX_LIMIT) ?? models.length;
  const end = offset + limit;
  return {
    object: 'list' as const,
    data: models.slice(offset, end).map(openAiModel),
    total_count: models.length,
    links: { next: end < models.length ? `/api/v1/models?offset=${end}&limit=${limit}` : null },
  };
}

function readNumber(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new AppError('invalid_value', {
    publicMessage: `${name} must be a whole number from ${least} to ${most}.`,
    param: name,
  });
}
