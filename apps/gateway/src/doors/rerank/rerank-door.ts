import { documentText, rerankRequestSchema, type RerankRequest, type Usage } from '@trunkline/contracts';
import type { Ranking } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import { countTexts } from '../count-inputs.js';
import type { EndpointDoor } from '../endpoint-door.js';
import { promptUsageObject } from '../endpoint-usage.js';
import { noPieces } from '../no-pieces.js';
import { readRequest, wishesIn } from '../read-request.js';

/** A search is a query with up to so many documents. https://cohere.com/pricing */
const DOCUMENTS_PER_SEARCH = 100;

/** `POST /v1/rerank`, in the shape that Cohere and Jina share. */
export const rerankDoor: EndpointDoor<RerankRequest, Ranking> = {
  read(body, { dialect }) {
    const request = readRequest(rerankRequestSchema, body);
    const texts = request.documents.map((document) => documentText(document, request.rank_fields));
    const sizes = texts.map(estimateText);
    // OpenRouter's clients always read them.
    const withDocuments = request.return_documents ?? dialect === 'openrouter';
    const query = estimateText(request.query);
    const searches: Usage = { queries: Math.ceil(texts.length / DOCUMENTS_PER_SEARCH) };
    const tokens = sizes.reduce((total, size) => total + size, query);
    return {
      endpoint: 'rerank',
      adapterIn: ({ rerank }) => rerank,
      request,
      wishes: wishesIn(request),
      stream: false,
      form: null,
      expected: { ...searches, 'input.text': Math.ceil(tokens) },
      longestInputTokens: Math.ceil(query + Math.max(...sizes)),
      needsImages: false,
      takesFree: false,
      isSlow: false,
      count: async () => ({ ...searches, 'input.text': await countTexts([request.query, ...texts]) }),
      printWhole: ({ results }, facts) => ({
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify({
          id: facts.id,
          model: facts.model,
          results: results.map(({ index, score }) => ({
            index,
            relevance_score: score,
            ...(withDocuments ? { document: documentOf(request.documents[index]) } : {}),
          })),
          usage: { ...promptUsageObject(facts), search_units: facts.usage.queries ?? 0 },
          meta: { billed_units: { search_units: facts.usage.queries ?? 0 } },
          ...facts.additions,
        }),
      }),
      newPrinter: noPieces,
      kept: (ranking) => ranking,
    };
  },
};

/** A text comes back as an object with it, an object as it was. */
function documentOf(document: RerankRequest['documents'][number] | undefined): object {
  return typeof document === 'string' ? { text: document } : (document ?? {});
}
