import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';
import { base64Of, dimensionsOf, vectorOf } from './vectors.js';

const MOST_INPUTS = 2_048;

/** https://platform.openai.com/docs/api-reference/embeddings/create */
export const openAiEmbeddings: Endpoint = ({ body, model, offer, profile }) => {
  const fields = Fields.of(body, []);
  const inputs = readInputs(fields);
  const encoding = fields.oneOf('encoding_format', profile.embeddingEncodings);
  fields.string('user');
  const named = profile.outputDimension ? 'output_dimension' : 'dimensions';
  const dimensions = fields.number(named, { least: 1, most: 4_096, whole: true });
  const tokens = inputs.map((input) => (typeof input === 'string' ? countTokens(input) : input.length));
  const window = offer.contextWindow ?? 8_191;
  for (const [at, count] of tokens.entries()) {
    if (count > window)
      refuse(['input', at], 'unsupported', `This model's maximum context length is ${window} tokens.`);
  }
  const sum = tokens.reduce((total, count) => total + count, 0);
  const data = inputs.map((input, index) => {
    const vector = vectorOf(model, String(input), dimensions ?? dimensionsOf(model));
    return { object: 'embedding', index, embedding: encoding === 'base64' ? base64Of(vector) : vector };
  });
  return json({ object: 'list', data, model, usage: { prompt_tokens: sum, total_tokens: sum } }, sum);
};

function readInputs(fields: Fields): (string | number[])[] {
  const input = fields.required('input');
  if (typeof input === 'string') return [notEmpty(input, fields.at('input'))];
  const list = fields.list('input') ?? [];
  if (list.length === 0 || list.length > MOST_INPUTS)
    refuse(fields.at('input'), 'range', `1..${MOST_INPUTS}`, list.length);
  if (list.every((each) => Number.isInteger(each))) return [list as number[]];
  return list.map((each, at) => {
    if (typeof each === 'string') return notEmpty(each, [...fields.at('input'), at]);
    if (Array.isArray(each) && each.length > 0 && each.every((one) => Number.isInteger(one)))
      return each as number[];
    return refuse([...fields.at('input'), at], 'type', 'a string or an array of integers', each);
  });
}

function notEmpty(text: string, path: readonly (string | number)[]): string {
  return text === '' ? refuse(path, 'unsupported', "'$.input' is invalid: it may not be empty.") : text;
}
