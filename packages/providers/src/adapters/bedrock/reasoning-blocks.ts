import { CLAUDE_REASONING_FORMAT, type AssistantMessage } from '@trunkline/contracts';
import type { ConverseBlock } from './media.js';

/**
 * Reasoning of earlier turns, unchanged with its signature, and only what models of this maker made: a block without its
 * signature, or with another maker's, is refused.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ReasoningContentBlock.html
 */
export function reasoningBlocks(message: AssistantMessage, format: string): ConverseBlock[] {
  const texts = new Map<number, { text: string; signature: string }>();
  const blocks: { index: number; block: ConverseBlock }[] = [];
  for (const detail of message.reasoning_details ?? []) {
    const isOwn = detail?.format === format;
    const index = typeof detail?.index === 'number' ? detail.index : 0;
    if (detail?.type === 'reasoning.encrypted' && isOwn && typeof detail.data === 'string') {
      blocks.push({ index, block: reasoning({ redactedContent: sealed(detail.data, format) }) });
    }
    if (detail?.type !== 'reasoning.text') continue;
    // Clients that keep a stream's deltas send a block in pieces; the piece with the signature names the maker.
    const known = texts.get(index) ?? { text: '', signature: '' };
    if (typeof detail.text === 'string') known.text += detail.text;
    if (isOwn && typeof detail.signature === 'string') known.signature = detail.signature;
    texts.set(index, known);
  }
  for (const [index, { text, signature }] of texts)
    if (signature !== '') blocks.push({ index, block: reasoning({ reasoningText: { text, signature } }) });
  return blocks.sort((left, right) => left.index - right.index).map(({ block }) => block);
}

/** What a sealed block is for clients: Claude's as Claude writes it, since it is good on every platform. */
export function unsealed(redactedContent: string, format: string): string {
  if (format !== CLAUDE_REASONING_FORMAT) return redactedContent;
  return Buffer.from(redactedContent, 'base64').toString('latin1');
}

/** The same backwards: Converse carries bytes as base64, and Claude's own text is made of letters that are a byte each. */
function sealed(data: string, format: string): string {
  return format === CLAUDE_REASONING_FORMAT ? Buffer.from(data, 'latin1').toString('base64') : data;
}

function reasoning(block: ConverseBlock): ConverseBlock {
  return { reasoningContent: block };
}
