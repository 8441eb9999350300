import { embeddingInputs, type EmbeddingsRequest } from '@trunkline/contracts';
import { inBatches } from '../../../endpoints/batches.js';
import { present } from '../../../endpoints/json-body.js';
import { failed, readAnswer } from '../../../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointAnswer, Embeddings } from '../../../endpoints/types.js';
import { isVector } from '../../../endpoints/vectors.js';
import { malformed, refused } from '../../../failure/index.js';
import { countOf } from '../../../loose-json.js';
import { classifyBedrock } from '../failure.js';
import { readModelId } from '../model-id.js';
import { invokePath } from './path.js';

const DROPPED_BY_TITAN = ['user', 'input_type'];
const DROPPED_BY_COHERE = ['user', 'dimensions'];
const COHERE_LIMITS = { items: 96 };
const INPUT_TYPES: Readonly<Record<string, string>> = { query: 'search_query', document: 'search_document' };

/**
 * Embeddings of Bedrock: Amazon's own take one text at a time and say its tokens, Cohere's take lists and say none.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html
 */
export const bedrockEmbed: EndpointAdapter<EmbeddingsRequest, Embeddings> = {
  unsupported: (request, model) => present(request, droppedBy(model)),
  buildRequests: ({ request, model }) => {
    const inputs = embeddingInputs(request);
    if (typeof inputs[0] !== 'string')
      return { kind: 'refused', failure: refused('input', 'This provider takes texts and no tokens.') };
    const path = invokePath(model);
    const bodies = isCoheres(model)
      ? inBatches(inputs, COHERE_LIMITS, () => 0).map((texts) => ({
          texts,
          input_type: inputTypeOf(request),
        }))
      : inputs.map((inputText) => ({
          inputText,
          ...(request.dimensions ? { dimensions: request.dimensions } : {}),
        }));
    return {
      kind: 'built',
      requests: bodies.map((body) => ({ path, body: JSON.stringify(body) })),
      dropped: present(request, droppedBy(model)),
    };
  },
  parseAnswers: (bodies, { request }) => parse(bodies, embeddingInputs(request).length),
  classifyFailure: classifyBedrock,
};

function isCoheres(model: string): boolean {
  return readModelId(model).maker === 'cohere';
}

function droppedBy(model: string): readonly string[] {
  return isCoheres(model) ? DROPPED_BY_COHERE : DROPPED_BY_TITAN;
}

function inputTypeOf({ input_type: inputType }: EmbeddingsRequest): string {
  return inputType ? (INPUT_TYPES[inputType] ?? inputType) : 'search_document';
}

function parse(bodies: readonly string[], wanted: number): EndpointAnswer<Embeddings> {
  const vectors: number[][] = [];
  let tokens: number | null = 0;
  for (const body of bodies) {
    const read = readAnswer(body);
    if (read.kind === 'failed') return read;
    const { embedding, embeddings, inputTextTokenCount } = read.value;
    for (const vector of Array.isArray(embeddings) ? (embeddings as unknown[]) : [embedding]) {
      if (!Array.isArray(vector) || !isVector(vector))
        return failed(malformed('The answer has a vector that is none.'));
      vectors.push(vector);
    }
    const counted = countOf(inputTextTokenCount);
    tokens = counted === null || tokens === null ? null : tokens + counted;
  }
  if (vectors.length !== wanted) return failed(malformed('The answer has not one vector for each input.'));
  return {
    kind: 'answer',
    answer: { vectors },
    id: null,
    usage: tokens === null ? null : { 'input.text': tokens },
  };
}
