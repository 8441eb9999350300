import {
  characterCount,
  embeddingInputs,
  embeddingsRequestSchema,
  type EmbeddingInput,
  type EmbeddingsRequest,
} from '@trunkline/contracts';
import { bytesOfVector, numbersOfVector, type Embeddings } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import { countTexts } from '../count-inputs.js';
import type { EndpointDoor } from '../endpoint-door.js';
import { promptUsageObject } from '../endpoint-usage.js';
import { readRequest, wishesIn } from '../read-request.js';
import { noPieces } from '../no-pieces.js';

/** `POST /v1/embeddings`. Vectors are numbers or base64 as the client asked, whatever the provider gives. */
export const embeddingsDoor: EndpointDoor<EmbeddingsRequest, Embeddings> = {
  read(body) {
    const request = readRequest(embeddingsRequestSchema, body);
    const inputs = embeddingInputs(request);
    const sizes = inputs.map(tokensOf);
    const encode = request.encoding_format === 'base64' ? bytesOfVector : numbersOfVector;
    return {
      endpoint: 'embeddings',
      adapterIn: ({ embeddings }) => embeddings,
      request,
      wishes: wishesIn(request),
      stream: false,
      form: null,
      expected: { 'input.text': sum(sizes), ...charactersOf(inputs) },
      longestInputTokens: Math.max(...sizes),
      needsImages: false,
      takesFree: false,
      isSlow: false,
      count: async () => ({ 'input.text': await countInputs(inputs), ...charactersOf(inputs) }),
      printWhole: ({ vectors }, facts) => ({
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify({
          object: 'list',
          data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encode(vector) })),
          model: facts.model,
          usage: promptUsageObject(facts),
          ...facts.additions,
        }),
      }),
      newPrinter: noPieces,
      kept: ({ vectors }) => ({ object: 'list', vectors: vectors.length }),
    };
  },
};

/** Tokens that were sent are what they are. */
function tokensOf(input: EmbeddingInput): number {
  return typeof input === 'string' ? Math.ceil(estimateText(input)) : input.length;
}

async function countInputs(inputs: readonly EmbeddingInput[]): Promise<number> {
  const counted = await countTexts(inputs.filter((input) => typeof input === 'string'));
  return counted + sum(inputs.map((input) => (typeof input === 'string' ? 0 : input.length)));
}

/** For providers that charge by the character. */
function charactersOf(inputs: readonly EmbeddingInput[]): { characters?: number } {
  const characters = sum(inputs.map((input) => (typeof input === 'string' ? characterCount(input) : 0)));
  return characters > 0 ? { characters } : {};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
