import { countTokens } from '../counting/count-tokens.js';
import { nativeId } from '../protocols/native-ids.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';
import { rank, type RankingRequest, readRanking, scoreOf } from './ranking.js';

/** https://api.jina.ai/redoc#tag/rerank and, with names of its own, https://docs.voyageai.com/reference/reranker-api */
export const jinaRerank: Endpoint = ({ body, model, profile }) => {
  const fields = Fields.of(body, []);
  const asked = readRanking(fields, profile.rerank === 'voyage' ? 'top_k' : 'top_n');
  fields.boolean('return_documents');
  const rows = rank(asked);
  const tokens = tokensOf(asked);
  return profile.rerank === 'voyage'
    ? json({ object: 'list', data: rows, model, usage: { total_tokens: tokens } }, tokens)
    : json({ model, object: 'list', usage: { total_tokens: tokens }, results: rows }, tokens);
};

/** A search is a query with up to 100 documents. https://docs.cohere.com/reference/rerank */
export const cohereRerank: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  const asked = readRanking(fields, 'top_n');
  const searchUnits = Math.ceil(asked.documents.length / 100);
  return json(
    {
      id: nativeId('', 32),
      results: rank(asked),
      meta: { api_version: { version: '2' }, billed_units: { search_units: searchUnits } },
    },
    tokensOf(asked),
  );
};

/** DeepInfra's own: a query for each document. https://deepinfra.com/Qwen/Qwen3-Reranker-8B/api */
export const deepinfraRerank: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  const queries = fields.strings('queries', 10_000);
  const documents = fields.strings('documents', 10_000);
  if (queries.length !== documents.length || documents.length === 0)
    refuse(fields.at('queries'), 'range', `${documents.length}..${documents.length}`, queries.length);
  const tokens = tokensOf({ query: queries.join(''), documents });
  const scores = documents.map((document, at) => scoreOf(queries[at] ?? '', document));
  return json({ scores, input_tokens: tokens, request_id: nativeId('', 24), inference_status: null }, tokens);
};

function tokensOf({ query, documents }: Pick<RankingRequest, 'query' | 'documents'>): number {
  return countTokens(query) + documents.reduce((total, document) => total + countTokens(document), 0);
}
