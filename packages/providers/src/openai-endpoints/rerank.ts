import { documentText, type RerankRequest } from '@trunkline/contracts';
import { outgoingFields, present, type FieldRules } from '../endpoints/json-body.js';
import { readRanking } from '../endpoints/ranking.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, Ranking } from '../endpoints/types.js';
import { classifyResponse, malformed, type CodeTable } from '../failure/index.js';
import { textOf } from '../loose-json.js';
import { promptUsage } from './usage.js';

export interface RerankQuirks extends FieldRules {
  /** Default `/rerank`. */
  readonly path?: string;
}

/** Reranking in the shape of Jina's, which counts tokens. https://api.jina.ai/redoc#tag/rerank */
export function jinaRerank(
  quirks: RerankQuirks = {},
  codes?: CodeTable,
): EndpointAdapter<RerankRequest, Ranking> {
  return {
    unsupported: (request) => present(request, quirks.drop ?? []),
    buildRequests: ({ request, model }) => {
      const { rank_fields: rankFields, documents, return_documents: _ours, ...rest } = request;
      const { fields, dropped } = outgoingFields(rest, model, quirks);
      const texts = documents.map((document) => documentText(document, rankFields));
      const body = JSON.stringify({ ...fields, documents: texts, return_documents: false });
      return { kind: 'built', requests: [{ path: quirks.path ?? '/rerank', body }], dropped };
    },
    parseAnswers: (bodies, { request }) => {
      const read = readAnswer(bodies[0] ?? '', codes);
      if (read.kind === 'failed') return read;
      const { value } = read;
      const results = readRanking(value['results'] ?? value['data'], request);
      if (!results) return failed(malformed('The ranking names documents that there are not.'));
      const usage = promptUsage(value['usage']);
      return { kind: 'answer', answer: { results }, id: textOf(value['id']) || null, usage };
    },
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}
