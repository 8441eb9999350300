import type { UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, malformed, readError, type CodeTable } from '../failure/index.js';
import { isRecord, type JsonRecord } from '../loose-json.js';

export type ReadAnswer =
  | { readonly kind: 'read'; readonly value: JsonRecord }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

/** Reads an answer as a JSON object; an error inside a 200 is a failure. */
export function readAnswer(body: string, codes?: CodeTable): ReadAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return failed(malformed('The answer is not JSON.'));
  }
  if (!isRecord(value)) return failed(malformed('The answer is not an object.'));
  const error = value['error'] || value['object'] === 'error' ? readError(value) : null;
  return error ? failed(classifyInBand(error, codes)) : { kind: 'read', value };
}

export function failed(failure: UpstreamFailure): { kind: 'failed'; failure: UpstreamFailure } {
  return { kind: 'failed', failure };
}
