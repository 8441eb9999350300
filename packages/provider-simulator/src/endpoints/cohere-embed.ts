import { countTokens } from '../counting/count-tokens.js';
import { nativeId } from '../protocols/native-ids.js';
import { Fields } from '../protocols/read-fields.js';
import { refuse } from '../protocols/native-problem.js';
import { type Endpoint, json } from './endpoint.js';
import { dimensionsOf, vectorOf } from './vectors.js';

const INPUT_TYPES = ['search_document', 'search_query', 'classification', 'clustering', 'image'] as const;

/** https://docs.cohere.com/reference/embed */
export const cohereEmbed: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  fields.required('input_type');
  fields.oneOf('input_type', INPUT_TYPES);
  fields.required('texts');
  const texts = fields.strings('texts', 96);
  if (fields.strings('embedding_types', 5).some((type) => type !== 'float'))
    refuse(fields.at('embedding_types'), 'unsupported', 'Only float embeddings are simulated.');
  const dimensions =
    fields.number('output_dimension', { least: 256, most: 1_536, whole: true }) ?? dimensionsOf(model);
  const tokens = texts.reduce((total, text) => total + countTokens(text), 0);
  return json(
    {
      id: nativeId('', 32),
      texts,
      embeddings: { float: texts.map((text) => vectorOf(model, text, dimensions)) },
      meta: { api_version: { version: '2' }, billed_units: { input_tokens: tokens } },
      response_type: 'embeddings_by_type',
    },
    tokens,
  );
};
