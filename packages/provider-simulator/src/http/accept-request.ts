import type { NativeProblem } from '../protocols/native-problem.js';

/** What is known of a request before its protocol has looked at it. */
export interface RequestFacts {
  readonly body: unknown;
  /** Empty when it is missing or not a string. */
  readonly model: string;
  readonly stream: boolean;
  /** What is wrong with the JSON, if something is. */
  readonly malformed?: string;
  /** What is wrong with its signature, if something is. */
  readonly refused?: NativeProblem;
}

export function acceptRequest(bytes: Buffer): RequestFacts {
  const nothing = { body: undefined, model: '', stream: false };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ...nothing, malformed: 'the body is not valid UTF-8' };
  }
  try {
    const body = JSON.parse(text) as unknown;
    const members = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const model = members['model'];
    return { body, model: typeof model === 'string' ? model : '', stream: members['stream'] === true };
  } catch (error) {
    return { ...nothing, malformed: error instanceof Error ? error.message.slice(0, 200) : 'not JSON' };
  }
}
