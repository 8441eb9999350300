import { isRecord } from '../loose-json.js';

/**
 * A call's signature where Google's own chat protocol has it: clients that know no `reasoning_details` keep it there.
 * https://ai.google.dev/gemini-api/docs/thought-signatures#openai
 */
export function signedContent(signature: string): Record<string, unknown> {
  return { google: { thought_signature: signature } };
}

/** The signature that a call of an earlier turn brings back so; null where there is none. */
export function signatureOfCall(call: Readonly<Record<string, unknown>>): string | null {
  const content = call['extra_content'];
  const google = isRecord(content) ? content['google'] : null;
  const signature = isRecord(google) ? google['thought_signature'] : null;
  return typeof signature === 'string' && signature !== '' ? signature : null;
}
