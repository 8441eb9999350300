import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, malformed, readError, type CodeTable } from '../failure/index.js';
import { recordOf, textOf, type JsonRecord } from '../loose-json.js';

export type Ending =
  | { kind: 'finished'; reason: FinishReason; native: string }
  | { kind: 'failed'; failure: UpstreamFailure };

const STATUSES: ReadonlySet<string> = new Set([
  ...['completed', 'incomplete', 'failed', 'cancelled', 'in_progress', 'queued'],
]);

export interface AnswerEnd {
  readonly hasCalls: boolean;
  /** What the status means where it is none of the documented words. */
  readonly otherwise: string;
}

/** How a response ended, by its status. https://platform.openai.com/docs/api-reference/responses/object */
export function endingOf(response: JsonRecord, { hasCalls, otherwise }: AnswerEnd, codes: CodeTable): Ending {
  if (response['error']) {
    const unsaid = { message: '', type: null, code: null, param: null, status: null };
    return { kind: 'failed', failure: classifyInBand(readError(response) ?? unsaid, codes) };
  }
  const said = textOf(response['status']);
  const whyCut = textOf(recordOf(response['incomplete_details'])['reason']);
  const status = STATUSES.has(said) ? said : whyCut === '' ? otherwise : 'incomplete';
  switch (status) {
    case 'completed':
      return { kind: 'finished', reason: hasCalls ? 'tool_calls' : 'stop', native: status };
    case 'incomplete': {
      const native = whyCut || status;
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
