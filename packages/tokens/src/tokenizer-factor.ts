/**
 * How many tokens other makers' tokenizers make of the text that gives one of o200k_base, as hundredths. By author of
 * the model; from the vocabularies' sizes and, for Anthropic, from its note that the newest make 30 % more than before.
 * https://platform.claude.com/docs/en/about-claude/models/whats-new-sonnet-5
 */
const PERCENT_BY_AUTHOR: Readonly<Record<string, number>> = {
  openai: 100,
  anthropic: 145,
  google: 105,
  'meta-llama': 108,
  meta: 108,
  mistralai: 115,
  mistral: 115,
  deepseek: 108,
  qwen: 108,
  alibaba: 108,
  'x-ai': 108,
  xai: 108,
  cohere: 110,
};

const PERCENT_OF_OTHERS = 110;

/** Estimate for another tokenizer. @param modelId `author/model` of the catalog */
export function forTokenizerOf(modelId: string, tokens: number): number {
  const author = modelId.slice(0, Math.max(0, modelId.indexOf('/')));
  const percent = Object.hasOwn(PERCENT_BY_AUTHOR, author) ? PERCENT_BY_AUTHOR[author] : undefined;
  return Math.ceil((tokens * (percent ?? PERCENT_OF_OTHERS)) / 100);
}
