import { embeddingInputs, type EmbeddingsRequest } from '@trunkline/contracts';
import { inBatches } from '../../endpoints/batches.js';
import { present } from '../../endpoints/json-body.js';
import { failed, readAnswer } from '../../endpoints/read-answer.js';
import type { EndpointAdapter, Embeddings } from '../../endpoints/types.js';
import { isVector } from '../../endpoints/vectors.js';
import { malformed, refused } from '../../failure/index.js';
import { isRecord } from '../../loose-json.js';
import { taskTypeOf } from '../../google-endpoints/index.js';
import { classifyGemini } from '../../gemini-generate/failure.js';
import { usageFromGemini } from '../../gemini-generate/usage.js';

/** https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
const LIMITS = { items: 100 };
const DROPPED = ['user'];

/** Embeddings of Google's Gemini API, which does not always say how many tokens it read. */
export const geminiEmbed: EndpointAdapter<EmbeddingsRequest, Embeddings> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model }) => {
    const inputs = embeddingInputs(request);
    if (typeof inputs[0] !== 'string')
      return { kind: 'refused', failure: refused('input', 'This provider takes texts and no tokens.') };
    const taskType = taskTypeOf(request);
    const requests = inBatches(inputs, LIMITS, () => 0).map((batch) => ({
      path: `/models/${encodeURIComponent(model)}:batchEmbedContents`,
      body: JSON.stringify({
        requests: batch.map((text) => ({
          model: `models/${model}`,
          content: { parts: [{ text }] },
          ...(taskType ? { taskType } : {}),
          ...(request.dimensions ? { outputDimensionality: request.dimensions } : {}),
        })),
      }),
    }));
    return { kind: 'built', requests, dropped: present(request, DROPPED) };
  },
  parseAnswers: (bodies, { request }) => {
    const vectors: number[][] = [];
    let tokens: number | null = 0;
    for (const body of bodies) {
      const read = readAnswer(body);
      if (read.kind === 'failed') return read;
      const { embeddings, usageMetadata } = read.value;
      for (const each of Array.isArray(embeddings) ? (embeddings as unknown[]) : []) {
        const values = isRecord(each) ? each['values'] : null;
        if (!Array.isArray(values) || !isVector(values))
          return failed(malformed('The answer has a vector that is none.'));
        vectors.push(values);
      }
      const counted: number | undefined = usageFromGemini(usageMetadata)?.['input.text'];
      tokens = counted === undefined || tokens === null ? null : tokens + counted;
    }
    if (vectors.length !== embeddingInputs(request).length)
      return failed(malformed('The answer has not one vector for each input.'));
    return {
      kind: 'answer',
      answer: { vectors },
      id: null,
      usage: tokens === null ? null : { 'input.text': tokens },
    };
  },
  classifyFailure: classifyGemini,
};
