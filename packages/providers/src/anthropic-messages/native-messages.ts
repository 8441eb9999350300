import { isCarriedState } from '@trunkline/contracts';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { UniqueCallIds } from '../unique-call-ids.js';
import { toolUseId } from './messages.js';

export interface NativeMessages {
  messages: unknown[];
  /** Thinking that another maker's model did, or that broke off, was left out. */
  hasForeignThinking: boolean;
}

/**
 * A client's own messages as Claude takes them: with the thinking that Claude signed, and ids of calls in its alphabet
 * and each once, as another maker's model may have made the turn. What needs no change is the client's own object.
 */
export function nativeMessages(messages: readonly unknown[]): NativeMessages {
  const written: unknown[] = [];
  let hasForeignThinking = false;
  const ids = new UniqueCallIds(toolUseId);
  for (const message of messages) {
    if (!isRecord(message) || !Array.isArray(message['content'])) {
      written.push(message);
      continue;
    }
    const content = message['content'] as unknown[];
    const kept = content.filter((block) => !isForeignThinking(block));
    hasForeignThinking ||= kept.length < content.length;
    if (kept.length === 0 && content.length > 0) continue;
    const named = kept.map((block) => withOwnIds(block, ids));
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

function withOwnIds(block: unknown, ids: UniqueCallIds): unknown {
  if (!isRecord(block)) return block;
  const { type, id, tool_use_id: callId } = block;
  if (type === 'tool_use' && typeof id === 'string') return renamed(block, 'id', ids.ofCall(id));
  return type === 'tool_result' && typeof callId === 'string'
    ? renamed(block, 'tool_use_id', ids.ofResult(callId))
    : block;
}

function renamed(block: JsonRecord, field: 'id' | 'tool_use_id', own: string): JsonRecord {
  return own === block[field] ? block : { ...block, [field]: own };
}
