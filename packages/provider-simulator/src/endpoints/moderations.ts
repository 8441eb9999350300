import { nativeId } from '../protocols/native-ids.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';

const CATEGORIES = ['harassment', 'hate', 'illicit', 'self-harm', 'sexual', 'violence'] as const;

/** Flags what names a category. https://platform.openai.com/docs/api-reference/moderations/create */
export const openAiModerations: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  const results = textsOf(fields).map((text) => {
    const found = CATEGORIES.map((name) => [name, text.toLowerCase().includes(name)] as const);
    return {
      flagged: found.some(([, isFound]) => isFound),
      categories: Object.fromEntries(found),
      category_scores: Object.fromEntries(found.map(([name, isFound]) => [name, isFound ? 0.97 : 0.0001])),
      category_applied_input_types: Object.fromEntries(found.map(([name]) => [name, ['text']])),
    };
  });
  return json({ id: nativeId('modr-', 24), model, results }, 0);
};

function textsOf(fields: Fields): string[] {
  const input = fields.required('input');
  if (typeof input === 'string') return [input];
  const list = fields.list('input') ?? [];
  if (list.length === 0) refuse(fields.at('input'), 'range', '1..', 0);
  if (list.every((each) => typeof each === 'string')) return list as string[];
  const parts = list.map((each, at) => Fields.of(each, ['input', at]));
  return [parts.map((part) => part.string('text') ?? '').join(' ')];
}
