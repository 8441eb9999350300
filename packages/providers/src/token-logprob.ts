/** One token with its probability, as OpenAI's chat and Responses tell it. https://platform.openai.com/docs/api-reference/chat/object */
export interface TokenLogprob {
  token: string;
  logprob: number;
  /** UTF-8. */
  bytes: number[];
  top_logprobs: Omit<TokenLogprob, 'top_logprobs'>[];
}

export function tokenLogprob(token: string, logprob: number): TokenLogprob {
  return { token, logprob, bytes: [...Buffer.from(token, 'utf8')], top_logprobs: [] };
}
