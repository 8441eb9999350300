import { isCarriedState } from '@trunkline/contracts';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { toolUseId } from './messages.js';

export interface NativeMessages {
  messages: unknown[];
  /** Thinking that another maker's model did, or that broke off, was left out. */
  hasForeignThinking: boolean;
}

/**
 * A client's own messages as Claude takes them: with the thinking that Claude signed, and ids of calls in its alphabet,
 * as another maker's model may have made the turn. What needs no change is the client's own object.
 */
export function nativeMessages(messages: readonly unknown[]): NativeMessages {
  const written: unknown[] = [];
  let hasForeignThinking = false;
  for (const message of messages) {
    if (!isRecord(message) || !Array.isArray(message['content'])) {
      written.push(message);
      continue;
    }
    const content = message['content'] as unknown[];
    const kept = content.filter((block) => !isForeignThinking(block));
    hasForeignThinking ||= kept.length < content.length;
    if (kept.length === 0 && content.length > 0) continue;
    const named = kept.map(withOwnIds);
    const isSame = named.length === content.length && named.every((block, j) => block === content[j]);
    written.push(isSame ? message : { ...message, content: named });
  }
  return { messages: written, hasForeignThinking };
}

function isForeignThinking(block: unknown): boolean {
  if (!isRecord(block)) return false;
  switch (block['type']) {
    case 'thinking': {
      const { signature } = block;
      return typeof signature !== 'string' || signature === '' || isCarriedState(signature);
    }
    case 'redacted_thinking':
      return typeof block['data'] === 'string' && isCarriedState(block['data']);
    default:
      return false;
  }
}

function withOwnIds(block: unknown): unknown {
  if (!isRecord(block)) return block;
  if (block['type'] === 'tool_use') return renamed(block, 'id');
  return block['type'] === 'tool_result' ? renamed(block, 'tool_use_id') : block;
}

function renamed(block: JsonRecord, field: 'id' | 'tool_use_id'): JsonRecord {
  const id = block[field];
  if (typeof id !== 'string') return block;
  const own = toolUseId(id);
  return own === id ? block : { ...block, [field]: own };
}
