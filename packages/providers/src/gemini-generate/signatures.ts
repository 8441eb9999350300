import type { AssistantMessage } from '@trunkline/contracts';
import { GEMINI_REASONING_FORMAT } from './format.js';
import { signatureOfCall } from './signed-call.js';

/** What an assistant message brings back of Gemini's own state, by the part that it belongs to. */
export interface KeptSignatures {
  /** By the id of the call. */
  readonly ofCalls: ReadonlyMap<string, string>;
  /** Of the text, in order; seldom more than one. */
  readonly ofText: readonly string[];
  /** Thoughts that were signed themselves. */
  readonly thoughts: readonly { text: string; signature: string }[];
}

/**
 * Reads the signatures of earlier turns: only what Gemini made, each to be sent in a part of its own, byte for byte.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function keptSignatures(message: AssistantMessage): KeptSignatures {
  const callIds = new Set((message.tool_calls ?? []).map(({ id }) => id));
  const ofCalls = new Map<string, string>();
  for (const call of message.tool_calls ?? []) {
    const signature = signatureOfCall(call);
    if (signature !== null) ofCalls.set(call.id, signature);
  }
  const ofText: string[] = [];
  const thoughts = new Map<number, { text: string; signature: string }>();
  for (const detail of message.reasoning_details ?? []) {
    if (detail?.type === 'reasoning.encrypted' && detail.format === GEMINI_REASONING_FORMAT) {
      if (typeof detail.data !== 'string') continue;
      const id = detail.id ?? null;
      if (id === null) ofText.push(detail.data);
      else if (callIds.has(id)) ofCalls.set(id, detail.data);
    }
    if (detail?.type !== 'reasoning.text') continue;
    // Clients that keep a stream's deltas send a block in pieces; the piece with the signature names the maker.
    const index = typeof detail.index === 'number' ? detail.index : 0;
    const known = thoughts.get(index) ?? { text: '', signature: '' };
    if (typeof detail.text === 'string') known.text += detail.text;
    if (detail.format === GEMINI_REASONING_FORMAT && typeof detail.signature === 'string')
      known.signature = detail.signature;
    thoughts.set(index, known);
  }
  return { ofCalls, ofText, thoughts: [...thoughts.values()].filter(({ signature }) => signature !== '') };
}
