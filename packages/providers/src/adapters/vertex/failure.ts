import type { UpstreamFailure } from '@trunkline/contracts';
import { classifyResponse } from '../../failure/index.js';
import { classifyGemini } from '../../gemini-generate/index.js';
import { isRecord } from '../../loose-json.js';
import type { FailedResponse } from '../../types.js';

/**
 * A refusal of Google's front or of the model's own server behind it, each in its own form. A 429 RESOURCE_EXHAUSTED is
 * shared capacity that is short at this location: another target helps, most of all the global one.
 */
export function classifyVertex(response: FailedResponse): UpstreamFailure {
  return isGoogles(response.body) ? classifyGemini(response) : classifyResponse(response);
}

function isGoogles(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    const holder: unknown = Array.isArray(value) ? value[0] : value;
    const error = isRecord(holder) ? holder['error'] : null;
    return isRecord(error) && typeof error['status'] === 'string';
  } catch {
    return false;
  }
}
