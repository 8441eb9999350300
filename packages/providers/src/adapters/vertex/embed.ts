import { embeddingInputs, type EmbeddingsRequest, type Usage } from '@trunkline/contracts';
import { inBatches } from '../../endpoints/batches.js';
import { present } from '../../endpoints/json-body.js';
import { failed, readAnswer } from '../../endpoints/read-answer.js';
import type { EndpointAdapter, Embeddings } from '../../endpoints/types.js';
import { isVector } from '../../endpoints/vectors.js';
import { malformed, refused } from '../../failure/index.js';
import { taskTypeOf } from '../../google-endpoints/index.js';
import { countOf, recordOf } from '../../loose-json.js';
import { modelPath } from './address.js';
import { classifyVertex } from './failure.js';

/** At most 250 texts and 20,000 tokens at once. https://docs.cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-text-embeddings */
const LIMITS = { items: 250, characters: 50_000 };
/** Gemini's take one text at a time. */
const ONE_BY_ONE = { items: 1 };
/** It has a verb of its own, which is not spoken. */
const OTHER_VERB = /^gemini-embedding-2/;
const DROPPED = ['user'];

/** Text embeddings of Vertex, which says tokens and the characters that older models are billed by. */
export const vertexEmbed: EndpointAdapter<EmbeddingsRequest, Embeddings> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model, baseUrl }) => {
    const inputs = embeddingInputs(request);
    if (typeof inputs[0] !== 'string')
      return { kind: 'refused', failure: refused('input', 'This provider takes texts and no tokens.') };
    if (OTHER_VERB.test(model))
      return { kind: 'refused', failure: refused('model', 'This model is not embedded with here.') };
    const limits = model.startsWith('gemini-') ? ONE_BY_ONE : LIMITS;
    const taskType = taskTypeOf(request);
    const parameters = request.dimensions ? { outputDimensionality: request.dimensions } : {};
    const requests = inBatches(inputs, limits, ({ length }) => length).map((batch) => ({
      path: modelPath(baseUrl, 'google', model, 'predict'),
      body: JSON.stringify({
        instances: batch.map((content) => ({ content, ...(taskType ? { task_type: taskType } : {}) })),
        parameters: { ...parameters, autoTruncate: false },
      }),
    }));
    return { kind: 'built', requests, dropped: present(request, DROPPED) };
  },
  parseAnswers: (bodies, { request }) => {
    const vectors: number[][] = [];
    let tokens = 0;
    let characters = 0;
    for (const body of bodies) {
      const read = readAnswer(body);
      if (read.kind === 'failed') return read;
      const { predictions, metadata } = read.value;
      for (const each of Array.isArray(predictions) ? (predictions as unknown[]) : []) {
        const { values, statistics } = recordOf(recordOf(each)['embeddings']);
        if (!Array.isArray(values) || !isVector(values))
          return failed(malformed('The answer has a vector that is none.'));
        vectors.push(values);
        tokens += countOf(recordOf(statistics)['token_count']) ?? 0;
      }
      characters += countOf(recordOf(metadata)['billableCharacterCount']) ?? 0;
    }
    if (vectors.length !== embeddingInputs(request).length)
      return failed(malformed('The answer has not one vector for each input.'));
    const usage: Usage = {
      ...(tokens > 0 ? { 'input.text': tokens } : {}),
      ...(characters > 0 ? { characters } : {}),
    };
    return { kind: 'answer', answer: { vectors }, id: null, usage: tokens + characters > 0 ? usage : null };
  },
  classifyFailure: classifyVertex,
};
