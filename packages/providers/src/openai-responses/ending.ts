import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, malformed, readError, type CodeTable } from '../failure/index.js';
import { recordOf, textOf, type JsonRecord } from '../loose-json.js';

export type Ending =
  | { kind: 'finished'; reason: FinishReason; native: string }
  | { kind: 'failed'; failure: UpstreamFailure };

/** How a response ended, by its status. https://platform.openai.com/docs/api-reference/responses/object */
export function endingOf(response: JsonRecord, hasCalls: boolean, codes: CodeTable): Ending {
  if (response['error']) {
    const unsaid = { message: '', type: null, code: null, param: null, status: null };
    return { kind: 'failed', failure: classifyInBand(readError(response) ?? unsaid, codes) };
  }
  const status = textOf(response['status']);
  switch (status) {
    case 'completed':
      return { kind: 'finished', reason: hasCalls ? 'tool_calls' : 'stop', native: status };
    case 'incomplete': {
      const native = textOf(recordOf(response['incomplete_details'])['reason']) || status;
      const reason = native === 'content_filter' ? 'content_filter' : 'length';
      return { kind: 'finished', reason, native };
    }
    case 'failed':
    case 'cancelled': {
      const message = 'The provider ended the answer with an error.';
      const error = { message, type: null, code: status, param: null, status: null };
      return { kind: 'failed', failure: classifyInBand(error, codes) };
    }
    default:
      return { kind: 'failed', failure: malformed('The answer has no status that ends it.') };
  }
}
