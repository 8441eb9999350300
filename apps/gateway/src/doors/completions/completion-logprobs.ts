/** OpenAI's older form. https://platform.openai.com/docs/api-reference/completions/object */
export interface CompletionLogprobs {
  tokens: string[];
  token_logprobs: number[];
  top_logprobs: Record<string, number>[];
  text_offset: number[];
}

interface ChatToken {
  token?: unknown;
  logprob?: unknown;
  top_logprobs?: unknown;
}

/**
 * Chat's logprobs in the older form; null where there are none.
 * @param offset characters of the answer before them
 */
export function completionLogprobs(value: unknown, offset = 0): CompletionLogprobs | null {
  const tokens = tokensOf(value);
  if (!tokens) return null;
  const printed: CompletionLogprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
  let at = offset;
  for (const token of tokens) {
    const text = typeof token.token === 'string' ? token.token : '';
    printed.tokens.push(text);
    printed.token_logprobs.push(numberOf(token.logprob));
    printed.top_logprobs.push(alternatives(token.top_logprobs));
    printed.text_offset.push(at);
    at += text.length;
  }
  return printed;
}

function tokensOf(value: unknown): ChatToken[] | null {
  const content = value !== null && typeof value === 'object' && 'content' in value ? value.content : null;
  return Array.isArray(content) ? (content as ChatToken[]) : null;
}

function alternatives(value: unknown): Record<string, number> {
  const list = Array.isArray(value) ? (value as ChatToken[]) : [];
  return Object.fromEntries(
    list.flatMap(({ token, logprob }) => (typeof token === 'string' ? [[token, numberOf(logprob)]] : [])),
  );
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
