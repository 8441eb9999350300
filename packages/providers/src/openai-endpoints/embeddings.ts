import {
  embeddingInputs,
  type EmbeddingInput,
  type EmbeddingsRequest,
  type Usage,
} from '@trunkline/contracts';
import { inBatches, type BatchLimits } from '../endpoints/batches.js';
import { outgoingFields, present, type FieldRules } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointCall, EndpointRequest, Embeddings } from '../endpoints/types.js';
import { isVector } from '../endpoints/vectors.js';
import { classifyResponse, malformed, refused, type CodeTable } from '../failure/index.js';
import { countOf, isRecord } from '../loose-json.js';
import { promptUsage, sumUsage } from './usage.js';

/** How a provider's embeddings differ from OpenAI's. */
export interface EmbeddingsQuirks extends FieldRules {
  /** Default: OpenAI's 2,048 inputs. */
  readonly limits?: BatchLimits;
  /** Default `/embeddings`. */
  readonly path?: string;
  /** It gives base64 where that is asked for. Elsewhere numbers are made into it here. */
  readonly base64?: boolean;
  /** It takes tokens instead of text. */
  readonly tokens?: boolean;
  /** Added to every request that does not have them. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Its names for the values of `input_type`; one that is not here passes. */
  readonly inputTypes?: Readonly<Record<string, string>>;
}

const OPENAI_LIMITS: BatchLimits = { items: 2_048 };

/** Embeddings in OpenAI's format. https://platform.openai.com/docs/api-reference/embeddings/create */
export function openAiEmbeddings(
  quirks: EmbeddingsQuirks = {},
  codes?: CodeTable,
): EndpointAdapter<EmbeddingsRequest, Embeddings> {
  return {
    unsupported: (request) => present(request, quirks.drop ?? []),
    buildRequests: (call) => build(call, quirks),
    parseAnswers: (bodies, call) => parse(bodies, batchesOf(call, quirks), codes),
    usageIn: (body) => {
      const read = readAnswer(body, codes);
      return read.kind === 'read' ? promptUsage(read.value['usage']) : null;
    },
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}

function batchesOf(
  { request }: EndpointCall<EmbeddingsRequest>,
  quirks: EmbeddingsQuirks,
): EmbeddingInput[][] {
  return inBatches(embeddingInputs(request), quirks.limits ?? OPENAI_LIMITS, (input) => input.length);
}

function build(call: EndpointCall<EmbeddingsRequest>, quirks: EmbeddingsQuirks) {
  const { request, model } = call;
  const batches = batchesOf(call, quirks);
  if (!quirks.tokens && typeof batches[0]?.[0] !== 'string')
    return refuse('input', 'This provider takes texts and no tokens.');
  const { encoding_format: encoding, ...rest } = request;
  const { fields, dropped } = outgoingFields(rest, model, quirks);
  if (quirks.base64 && encoding === 'base64') fields['encoding_format'] = encoding;
  const inputType = fields['input_type'];
  if (typeof inputType === 'string') fields['input_type'] = quirks.inputTypes?.[inputType] ?? inputType;
  const requests = batches.map((batch): EndpointRequest => {
    const input = batches.length === 1 ? request.input : batch;
    return {
      path: quirks.path ?? '/embeddings',
      body: JSON.stringify({ ...quirks.defaults, ...fields, input }),
    };
  });
  return { kind: 'built' as const, requests, dropped };
}

function refuse(param: string, message: string) {
  return { kind: 'refused' as const, failure: refused(param, message) };
}

function parse(bodies: readonly string[], batches: readonly EmbeddingInput[][], codes?: CodeTable) {
  const vectors: (number[] | string)[] = [];
  const usages: (Usage | null)[] = [];
  let id: string | null = null;
  for (const [number, body] of bodies.entries()) {
    const read = readAnswer(body, codes);
    if (read.kind === 'failed') return read;
    const found = vectorsOf(read.value['data'], batches[number]?.length ?? 0);
    if (!found) return failed(malformed('The answer has not one vector for each input.'));
    vectors.push(...found);
    usages.push(promptUsage(read.value['usage']));
    if (typeof read.value['id'] === 'string') id ??= read.value['id'];
  }
  return { kind: 'answer' as const, answer: { vectors }, id, usage: sumUsage(usages) };
}

/** In the order of their `index`; null where one is missing, twice there, or no vector. */
function vectorsOf(data: unknown, wanted: number): (number[] | string)[] | null {
  if (!Array.isArray(data) || data.length !== wanted) return null;
  const vectors: (number[] | string | undefined)[] = Array.from({ length: wanted });
  for (const [position, item] of (data as unknown[]).entries()) {
    if (!isRecord(item) || !isVector(item['embedding'])) return null;
    const index = countOf(item['index']) ?? position;
    if (index >= wanted || vectors[index] !== undefined) return null;
    vectors[index] = item['embedding'];
  }
  return vectors.filter((vector) => vector !== undefined);
}
