import { documentText, type RerankRequest, type Usage } from '@trunkline/contracts';
import { outgoingFields, present } from '../endpoints/json-body.js';
import { readRanking } from '../endpoints/ranking.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointRequest, Ranking } from '../endpoints/types.js';
import { classifyResponse, malformed } from '../failure/index.js';
import { countOf, recordOf, textOf } from '../loose-json.js';

const DROPPED = ['user'];

/**
 * Reranking of Cohere's API, which counts searches: a query with up to 100 documents is one.
 * https://docs.cohere.com/reference/rerank · https://cohere.com/pricing
 * @param route where it stands
 */
export function cohereRerank(
  route: Pick<EndpointRequest, 'path' | 'besides'>,
): EndpointAdapter<RerankRequest, Ranking> {
  return {
    unsupported: (request) => present(request, DROPPED),
    buildRequests: ({ request, model }) => {
      const { rank_fields: rankFields, documents, return_documents: _ours, ...rest } = request;
      const { fields, dropped } = outgoingFields(rest, model, { drop: DROPPED });
      const texts = documents.map((document) => documentText(document, rankFields));
      return {
        kind: 'built',
        requests: [{ ...route, body: JSON.stringify({ ...fields, documents: texts }) }],
        dropped,
      };
    },
    parseAnswers: (bodies, { request }) => {
      const read = readAnswer(bodies[0] ?? '');
      if (read.kind === 'failed') return read;
      const results = readRanking(read.value['results'], request);
      if (!results) return failed(malformed('The ranking names documents that there are not.'));
      const searches = countOf(recordOf(recordOf(read.value['meta'])['billed_units'])['search_units']);
      const usage: Usage | null = searches === null ? null : { queries: searches };
      return { kind: 'answer', answer: { results }, id: textOf(read.value['id']) || null, usage };
    },
    classifyFailure: (response) => classifyResponse(response),
  };
}
