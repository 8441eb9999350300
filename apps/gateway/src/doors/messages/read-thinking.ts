import {
  CLAUDE_REASONING_FORMAT,
  isCarriedState,
  readCarriedState,
  type ReasoningDetail,
  type RedactedThinkingBlock,
  type ThinkingBlock,
} from '@trunkline/contracts';

/**
 * What a thinking block of an earlier turn says, for the provider that made it. A signature that is not one of our
 * envelopes is Claude's own. A block without a signature was left open by an answer that broke off and goes nowhere.
 * @param place of the block among those of its message
 */
export function readThinking(block: ThinkingBlock | RedactedThinkingBlock, place: number): ReasoningDetail[] {
  const text = block.type === 'thinking' ? block.thinking : '';
  const sealed = (block.type === 'thinking' ? block.signature : block.data) ?? '';
  if (sealed === '') return [];
  if (!isCarriedState(sealed)) {
    const format = CLAUDE_REASONING_FORMAT;
    return block.type === 'thinking'
      ? [{ type: 'reasoning.text', text, signature: sealed, format, index: place }]
      : [{ type: 'reasoning.encrypted', data: sealed, format, index: place }];
  }
  const state = readCarriedState(sealed);
  if (state === null || state.kind === 'unfinished') return [];
  const { format, kind, data, id, index } = state;
  const said: ReasoningDetail[] = [];
  if (text !== '' || kind === 'signature') {
    const signature = kind === 'signature' ? data : null;
    said.push({ type: 'reasoning.text', text, signature, format, index });
  }
  if (kind === 'encrypted') said.push({ type: 'reasoning.encrypted', data, format, id, index });
  return said;
}
