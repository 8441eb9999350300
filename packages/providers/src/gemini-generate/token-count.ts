import { countOf, parsedRecord } from '../loose-json.js';
import type { TokenCounting } from '../types.js';

const VERB = /:generateContent$/;

/**
 * The whole request is counted, tools and instructions too; it must name its model once more.
 * https://ai.google.dev/api/tokens#method:-models.counttokens
 */
export const countGeneratedTokens: TokenCounting = {
  requestFor: (built, { model }) => {
    const request = { model: `models/${model.replace(/^models\//, '')}`, ...parsedRecord(built.body) };
    return {
      ...built,
      path: built.path.replace(VERB, ':countTokens'),
      body: JSON.stringify({ generateContentRequest: request }),
    };
  },
  read: readTotal,
};

/**
 * Vertex knows contents, instructions, tools and configuration of the request itself, and nothing else of it.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens
 */
export const countVertexTokens: TokenCounting = {
  requestFor: (built) => {
    const { contents, systemInstruction, tools, generationConfig } = parsedRecord(built.body);
    return {
      ...built,
      path: built.path.replace(VERB, ':countTokens'),
      body: JSON.stringify({ contents, systemInstruction, tools, generationConfig }),
    };
  },
  read: readTotal,
};

function readTotal(body: string): number | null {
  return countOf(parsedRecord(body)['totalTokens']);
}
