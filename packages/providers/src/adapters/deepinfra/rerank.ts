import { documentText, type RerankRequest } from '@trunkline/contracts';
import { present } from '../../endpoints/json-body.js';
import { readRanking } from '../../endpoints/ranking.js';
import { failed, readAnswer } from '../../endpoints/read-answer.js';
import type { EndpointAdapter, Ranking } from '../../endpoints/types.js';
import { classifyResponse, malformed } from '../../failure/index.js';
import { countOf, textOf } from '../../loose-json.js';

const DROPPED = ['user', 'max_tokens_per_doc'];

/** DeepInfra's own route beside its OpenAI-compatible one: a score for each document. https://deepinfra.com/Qwen/Qwen3-Reranker-8B/api */
export const deepinfraRerank: EndpointAdapter<RerankRequest, Ranking> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model }) => {
    const documents = request.documents.map((document) => documentText(document, request.rank_fields));
    const body = JSON.stringify({
      // One query for each document.
      queries: documents.map(() => request.query),
      documents,
      ...(typeof request['instruction'] === 'string' ? { instruction: request['instruction'] } : {}),
    });
    const route = { path: `/inference/${model}`, besides: '/openai' };
    return { kind: 'built', requests: [{ ...route, body }], dropped: present(request, DROPPED) };
  },
  parseAnswers: (bodies, { request }) => {
    const read = readAnswer(bodies[0] ?? '');
    if (read.kind === 'failed') return read;
    const { scores, input_tokens: inputTokens, request_id: id } = read.value;
    const rows = Array.isArray(scores)
      ? (scores as unknown[]).map((score, index) => ({ index, score }))
      : null;
    const results = readRanking(rows, request);
    if (!results) return failed(malformed('The answer has not one score for each document.'));
    const tokens = countOf(inputTokens);
    return {
      kind: 'answer',
      answer: { results },
      id: textOf(id) || null,
      usage: tokens === null ? null : { 'input.text': tokens },
    };
  },
  classifyFailure: (response) => classifyResponse(response),
};
