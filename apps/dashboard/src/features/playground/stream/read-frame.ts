import { z } from 'zod/mini';
import type { Answer } from './answer';

/** The fields of a chat chunk that the playground reads; whatever else it carries is of no matter here. */
const frame = z.object({
  choices: z.optional(
    z.array(
      z.object({
        delta: z.optional(
          z.object({
            content: z.nullish(z.string()),
            reasoning: z.nullish(z.string()),
            reasoning_content: z.nullish(z.string()),
          }),
        ),
        finish_reason: z.nullish(z.string()),
      }),
    ),
  ),
  provider: z.optional(z.string()),
  usage: z.nullish(
    z.object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      cost: z.nullish(z.number()),
    }),
  ),
  trunkline: z.optional(
    z.object({
      attempts: z.optional(
        z.array(
          z.object({
            provider: z.string(),
            model: z.string(),
            outcome: z.string(),
            splice: z.optional(z.object({ at_characters: z.number() })),
          }),
        ),
      ),
      rescued: z.optional(z.boolean()),
    }),
  ),
  error: z.optional(z.object({ message: z.string(), code: z.nullish(z.union([z.string(), z.number()])) })),
});

const NANO = 9;

/** `usage.cost` is a decimal number of dollars that is exact to the nano-dollar. */
function nanoUsdOf(cost: number): string {
  return BigInt(cost.toFixed(NANO).replace('.', '')).toString();
}

/** The answer with what one frame adds. A frame that cannot be read changes nothing. */
export function withFrame(answer: Answer, data: string, elapsedMs: number): Answer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return answer;
  }
  const read = frame.safeParse(parsed);
  if (!read.success) return answer;
  const { choices = [], provider, usage, trunkline, error } = read.data;
  if (error) {
    return {
      ...answer,
      state: 'failed',
      durationMs: elapsedMs,
      failure: { message: error.message, code: error.code == null ? null : String(error.code), status: 200 },
    };
  }
  const choice = choices[0];
  const text = choice?.delta?.content ?? '';
  const reasoning = choice?.delta?.reasoning ?? choice?.delta?.reasoning_content ?? '';
  const hasContent = text !== '' || reasoning !== '';
  return {
    ...answer,
    state: answer.state === 'waiting' && hasContent ? 'streaming' : answer.state,
    text: answer.text + text,
    reasoning: answer.reasoning + reasoning,
    firstTokenMs: answer.firstTokenMs ?? (hasContent ? elapsedMs : null),
    finishReason: choice?.finish_reason ?? answer.finishReason,
    provider: provider ?? answer.provider,
    attempts:
      trunkline?.attempts?.map(({ splice, ...attempt }) => ({
        ...attempt,
        goesOnAt: splice?.at_characters ?? null,
      })) ?? answer.attempts,
    rescued: trunkline?.rescued ?? answer.rescued,
    promptTokens: usage?.prompt_tokens ?? answer.promptTokens,
    completionTokens: usage?.completion_tokens ?? answer.completionTokens,
    costNanoUsd: usage?.cost == null ? answer.costNanoUsd : nanoUsdOf(usage.cost),
  };
}
