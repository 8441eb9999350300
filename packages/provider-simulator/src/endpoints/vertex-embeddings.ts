import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';
import { dimensionsOf, vectorOf } from './vectors.js';

const MOST_AT_ONCE = 250;

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api */
export const vertexEmbeddings: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  fields.required('instances');
  const instances = (fields.list('instances') ?? []).map((each, at) => Fields.of(each, ['instances', at]));
  const most = model.startsWith('gemini-') ? 1 : MOST_AT_ONCE;
  if (instances.length === 0 || instances.length > most)
    refuse(fields.at('instances'), 'range', `1..${most}`, instances.length);
  const dimensions = fields
    .object('parameters')
    ?.number('outputDimensionality', { least: 1, most: 3_072, whole: true });
  const texts = instances.map((instance) => instance.requiredString('content'));
  const predictions = texts.map((text) => ({
    embeddings: {
      values: vectorOf(model, text, dimensions ?? dimensionsOf(model)),
      statistics: { token_count: countTokens(text), truncated: false },
    },
  }));
  const billableCharacterCount = texts.join('').replaceAll(/\s/gu, '').length;
  const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return json({ predictions, metadata: { billableCharacterCount } }, tokens);
};
