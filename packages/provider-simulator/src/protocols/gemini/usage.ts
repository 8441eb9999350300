import type { ReplyInput } from '../protocol.js';

/** The counts of a whole answer. https://ai.google.dev/api/generate-content#UsageMetadata */
export function geminiUsage(input: ReplyInput): Record<string, unknown> {
  const { prompt, promptTokens, cacheUse, output } = input;
  return {
    promptTokenCount: promptTokens,
    ...(cacheUse.read > 0
      ? { cachedContentTokenCount: cacheUse.read, cacheTokensDetails: asText(cacheUse.read) }
      : {}),
    candidatesTokenCount: output.total - output.reasoning,
    ...(output.reasoning > 0 ? { thoughtsTokenCount: output.reasoning } : {}),
    totalTokenCount: promptTokens + output.total,
    ...(prompt.hasImages ? {} : { promptTokensDetails: asText(promptTokens) }),
    serviceTier: 'standard',
  };
}

/** What frames before the last one say: the prompt alone. */
export function openingUsage({ promptTokens }: ReplyInput): Record<string, unknown> {
  return { promptTokenCount: promptTokens, totalTokenCount: promptTokens, serviceTier: 'standard' };
}

function asText(tokenCount: number): unknown[] {
  return [{ modality: 'TEXT', tokenCount }];
}
