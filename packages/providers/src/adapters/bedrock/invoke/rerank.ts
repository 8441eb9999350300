import { documentText, type RerankRequest } from '@trunkline/contracts';
import { present } from '../../../endpoints/json-body.js';
import { readRanking } from '../../../endpoints/ranking.js';
import { failed, readAnswer } from '../../../endpoints/read-answer.js';
import type { EndpointAdapter, Ranking } from '../../../endpoints/types.js';
import { malformed } from '../../../failure/index.js';
import { classifyBedrock } from '../failure.js';
import { invokePath } from './path.js';

const DROPPED = ['user', 'max_tokens_per_doc'];

/** Cohere's reranking at Bedrock, which does not say how many searches it was. https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-supported.html */
export const bedrockRerank: EndpointAdapter<RerankRequest, Ranking> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model }) => {
    const { query, documents, rank_fields: rankFields, top_n: wanted } = request;
    const body = JSON.stringify({
      query,
      documents: documents.map((document) => documentText(document, rankFields)),
      ...(wanted ? { top_n: wanted } : {}),
      api_version: 2,
    });
    return {
      kind: 'built',
      requests: [{ path: invokePath(model), body }],
      dropped: present(request, DROPPED),
    };
  },
  parseAnswers: (bodies, { request }) => {
    const read = readAnswer(bodies[0] ?? '');
    if (read.kind === 'failed') return read;
    const results = readRanking(read.value['results'], request);
    return results
      ? { kind: 'answer', answer: { results }, id: null, usage: null }
      : failed(malformed('The ranking names documents that there are not.'));
  },
  classifyFailure: classifyBedrock,
};
