import type { ModerationsRequest } from '@trunkline/contracts';
import { outgoingFields } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, Moderations } from '../endpoints/types.js';
import { classifyResponse, malformed } from '../failure/index.js';
import { isRecord, textOf } from '../loose-json.js';

/** Moderations in OpenAI's format. https://platform.openai.com/docs/api-reference/moderations/create */
export const openAiModerations: EndpointAdapter<ModerationsRequest, Moderations> = {
  unsupported: () => [],
  buildRequests: ({ request, model }) => {
    const { fields, dropped } = outgoingFields(request, model);
    return { kind: 'built', requests: [{ path: '/moderations', body: JSON.stringify(fields) }], dropped };
  },
  parseAnswers: (bodies) => {
    const read = readAnswer(bodies[0] ?? '');
    if (read.kind === 'failed') return read;
    const { results, id } = read.value;
    const isWhole =
      Array.isArray(results) &&
      results.length > 0 &&
      results.every((result) => isRecord(result) && typeof result['flagged'] === 'boolean');
    if (!isWhole) return failed(malformed('The answer has no results.'));
    return {
      kind: 'answer',
      answer: { results: results as unknown[] },
      id: textOf(id) || null,
      usage: null,
    };
  },
  classifyFailure: (response) => classifyResponse(response),
};
