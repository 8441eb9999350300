import {
  embeddingInputs,
  type EmbeddingInput,
  type EmbeddingsRequest,
  type Usage,
} from '@trunkline/contracts';
import { inBatches } from '../endpoints/batches.js';
import { present } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointCall, Embeddings } from '../endpoints/types.js';
import { isVector } from '../endpoints/vectors.js';
import { classifyResponse, malformed, refused } from '../failure/index.js';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import { sumUsage } from '../openai-endpoints/usage.js';

/** https://docs.cohere.com/reference/embed */
const LIMITS = { items: 96 };
const DROPPED = ['user'];

/** Voyage's names for the same. */
const INPUT_TYPES: Readonly<Record<string, string>> = { query: 'search_query', document: 'search_document' };

/** A client that has no such field stores what it embeds, more often than not. */
const DEFAULT_INPUT_TYPE = 'search_document';

/** Embeddings of Cohere's own API. https://docs.cohere.com/reference/embed */
export const cohereEmbed: EndpointAdapter<EmbeddingsRequest, Embeddings> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model }) => {
    const inputs = embeddingInputs(request);
    if (typeof inputs[0] !== 'string')
      return { kind: 'refused', failure: refused('input', 'This provider takes texts and no tokens.') };
    const inputType = request.input_type ?? DEFAULT_INPUT_TYPE;
    const shared = {
      model,
      input_type: INPUT_TYPES[inputType] ?? inputType,
      embedding_types: ['float'],
      ...(request.dimensions ? { output_dimension: request.dimensions } : {}),
      ...(typeof request['truncate'] === 'string' ? { truncate: request['truncate'] } : {}),
    };
    const requests = batchesOf(inputs).map((texts) => ({
      path: '/embed',
      body: JSON.stringify({ ...shared, texts }),
    }));
    return { kind: 'built', requests, dropped: present(request, DROPPED) };
  },
  parseAnswers: parse,
  usageIn: (body) => {
    const read = readAnswer(body);
    return read.kind === 'read' ? billed(read.value) : null;
  },
  classifyFailure: (response) => classifyResponse(response),
};

function batchesOf(inputs: readonly EmbeddingInput[]): EmbeddingInput[][] {
  return inBatches(inputs, LIMITS, (input) => input.length);
}

function parse(bodies: readonly string[], { request }: EndpointCall<EmbeddingsRequest>) {
  const batches = batchesOf(embeddingInputs(request));
  const vectors: number[][] = [];
  const usages: (Usage | null)[] = [];
  let id: string | null = null;
  for (const [number, body] of bodies.entries()) {
    const read = readAnswer(body);
    if (read.kind === 'failed') return read;
    const { embeddings } = read.value;
    const found = isRecord(embeddings) ? embeddings['float'] : embeddings;
    if (!isVectors(found, batches[number]?.length ?? 0))
      return failed(malformed('The answer has not one vector for each input.'));
    vectors.push(...found);
    usages.push(billed(read.value));
    id ??= textOf(read.value['id']) || null;
  }
  return { kind: 'answer' as const, answer: { vectors }, id, usage: sumUsage(usages) };
}

function billed({ meta }: JsonRecord): Usage | null {
  const tokens = countOf(recordOf(recordOf(meta)['billed_units'])['input_tokens']);
  return tokens === null ? null : { 'input.text': tokens };
}

function isVectors(value: unknown, wanted: number): value is number[][] {
  return (
    Array.isArray(value) &&
    value.length === wanted &&
    value.every((each) => Array.isArray(each) && isVector(each))
  );
}
