import { z } from 'zod';
import { routingFields } from './routing-fields.js';

const strings = z.array(z.string());
const tokens = z.array(z.int().nonnegative()).min(1);

/** `POST /v1/completions`, OpenAI's older form. https://platform.openai.com/docs/api-reference/completions/create */
export const completionsRequestSchema = z.looseObject({
  ...routingFields,
  prompt: z.union([z.string(), strings.min(1), tokens, z.array(tokens).min(1)]).nullish(),
  suffix: z.string().nullish(),
  max_tokens: z.int().nonnegative().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  n: z.int().min(1).max(128).nullish(),
  best_of: z.int().min(1).max(20).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  logprobs: z.int().min(0).nullish(),
  echo: z.boolean().nullish(),
  stop: z.union([z.string(), strings]).nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  seed: z.number().nullish(),
});
export type CompletionsRequest = z.infer<typeof completionsRequestSchema>;
