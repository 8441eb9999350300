/** Text and reasoning of a content that is not a string. */
export interface NormalizedContent {
  text: string;
  reasoning: string;
}

/**
 * Content as clients of OpenAI can read it: Mistral gives an array of parts, `thinking` among them; Cloudflare gives
 * the very object where JSON was asked for.
 * https://docs.mistral.ai/capabilities/reasoning/
 */
export function normalizeContent(content: unknown): NormalizedContent {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  if (content === null || content === undefined) return { text: '', reasoning: '' };
  if (!Array.isArray(content)) return { text: JSON.stringify(content), reasoning: '' };
  let text = '';
  let reasoning = '';
  for (const part of content as unknown[]) {
    if (typeof part === 'string') text += part;
    if (part === null || typeof part !== 'object') continue;
    const { type, text: partText, thinking } = part as Record<string, unknown>;
    if (type === 'thinking') reasoning += thinkingText(thinking);
    else if (typeof partText === 'string') text += partText;
  }
  return { text, reasoning };
}

function thinkingText(thinking: unknown): string {
  if (typeof thinking === 'string') return thinking;
  return Array.isArray(thinking) ? normalizeContent(thinking).text : '';
}
