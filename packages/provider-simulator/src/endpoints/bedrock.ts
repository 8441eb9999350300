import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import type { Operation } from '../protocols/protocol.js';
import { type Endpoint, json } from './endpoint.js';
import { PIXEL } from './images.js';
import { rank, readRanking } from './ranking.js';
import { vectorOf } from './vectors.js';

const TITAN_DIMENSIONS = 1_024;

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
const titanEmbed: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  const text = fields.requiredString('inputText');
  const dimensions =
    fields.number('dimensions', { least: 256, most: 1_024, whole: true }) ?? TITAN_DIMENSIONS;
  const tokens = countTokens(text);
  return json({ embedding: vectorOf(model, text, dimensions), inputTextTokenCount: tokens }, tokens);
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html */
const cohereEmbed: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  fields.requiredString('input_type');
  fields.required('texts');
  const texts = fields.strings('texts', 96);
  return json({ embeddings: texts.map((text) => vectorOf(model, text, TITAN_DIMENSIONS)), texts }, 0);
};

const cohereRerank: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  if (fields.number('api_version') !== 2)
    refuse(fields.at('api_version'), 'unsupported', 'api_version must be 2.');
  return json({ results: rank(readRanking(fields, 'top_n')) }, 0);
};

/** https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html */
const novaCanvas: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  fields.oneOf('taskType', ['TEXT_IMAGE']);
  fields.requiredObject('textToImageParams').requiredString('text');
  const config = fields.object('imageGenerationConfig');
  const count = config?.number('numberOfImages', { least: 1, most: 5, whole: true }) ?? 1;
  config?.oneOf('quality', ['standard', 'premium']);
  return json({ images: Array.from({ length: count }, () => PIXEL), error: null }, 0);
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-text-image.html */
const stability: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  fields.requiredString('prompt');
  fields.oneOf('aspect_ratio', ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21']);
  return json({ seeds: [1], finish_reasons: [null], images: [PIXEL] }, 0);
};

const ROUTES: readonly (readonly [model: RegExp, endpoint: string, answer: Endpoint])[] = [
  [/titan-embed/u, 'embeddings', titanEmbed],
  [/cohere\.embed/u, 'embeddings', cohereEmbed],
  [/rerank/u, 'rerank', cohereRerank],
  [/nova-canvas/u, 'images', novaCanvas],
  [/stability\./u, 'images', stability],
];

/** What InvokeModel is of a model, where the simulator knows its maker's form. */
export function invokeOperation(model: string): Operation | undefined {
  const route = ROUTES.find(([known]) => known.test(model));
  return (
    route && { kind: 'endpoint', endpoint: route[1], answer: route[2], target: { model, stream: false } }
  );
}
