import type { CallId } from '@trunkline/contracts';

const PATTERN = /^resp_bg_([0-9a-f]{8})([0-9a-f]{4})(7[0-9a-f]{3})([0-9a-f]{4})([0-9a-f]{12})$/;

/** The id of a response that runs in the background: told before any provider has given one. */
export function backgroundId(callId: CallId): string {
  return `resp_bg_${callId.replaceAll('-', '')}`;
}

/** The call behind such an id; null for every other id, which is then looked up as ever. */
export function callOfBackgroundId(responseId: string): CallId | null {
  const parts = PATTERN.exec(responseId);
  // Guarantee: it is the id of a call with its hyphens back, whether or not there was such a call.
  return parts ? (parts.slice(1).join('-') as CallId) : null;
}
