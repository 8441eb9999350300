import type { ReasoningDetail } from '@trunkline/contracts';
import type { InputPart } from './content.js';
import type { ResponsesTraits } from './define.js';

/** `format`s of reasoning that a model can read. One that does not reason refuses all of it. */
export function readableFormats(traits: ResponsesTraits, model: string): readonly string[] {
  return traits.reasons(model) ? [traits.reasoningFormat] : [];
}

/**
 * Reasoning of earlier turns as items: encrypted as it came, with its id and summary, and only what this provider made.
 * Reasoning that was not encrypted cannot go back, since nothing is kept there.
 * https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
 */
export function reasoningItems(
  details: readonly (ReasoningDetail | null)[],
  readable: readonly string[],
): InputPart[] {
  // Clients that keep a stream's deltas send a summary in pieces.
  const summaries = new Map<number, string>();
  const sealed: { index: number; id: string | null; data: string }[] = [];
  for (const detail of details) {
    const index = typeof detail?.index === 'number' ? detail.index : 0;
    if (detail?.type === 'reasoning.encrypted') {
      if (!readable.includes(detail.format ?? '') || typeof detail.data !== 'string') continue;
      sealed.push({ index, id: detail.id ?? null, data: detail.data });
    } else {
      const text = detail?.type === 'reasoning.summary' ? detail.summary : detail?.text;
      if (typeof text === 'string') summaries.set(index, (summaries.get(index) ?? '') + text);
    }
  }
  return sealed
    .sort((left, right) => left.index - right.index)
    .map(({ index, id, data }) => {
      const summary = summaries.get(index) ?? '';
      return {
        type: 'reasoning',
        ...(id === null || id === '' ? {} : { id }),
        summary: summary === '' ? [] : [{ type: 'summary_text', text: summary }],
        encrypted_content: data,
      };
    });
}
