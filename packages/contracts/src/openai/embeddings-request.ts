import { z } from 'zod';
import { routingFields } from './routing-fields.js';

/** OpenAI's bound. https://platform.openai.com/docs/api-reference/embeddings/create */
const MAX_INPUTS = 2_048;

const text = z.string().min(1);
const tokens = z.array(z.int().nonnegative()).min(1);

/**
 * `POST /v1/embeddings`: texts, or texts as tokens of the model's own tokenizer. `input_type` is Cohere's and Voyage's;
 * elsewhere it is left out.
 */
export const embeddingsRequestSchema = z.looseObject({
  ...routingFields,
  input: z.union([
    text,
    z.array(text).min(1).max(MAX_INPUTS),
    tokens,
    z.array(tokens).min(1).max(MAX_INPUTS),
  ]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().positive().nullish(),
  input_type: z.string().nullish(),
});
export type EmbeddingsRequest = z.infer<typeof embeddingsRequestSchema>;

/** One text, as such or as tokens. */
export type EmbeddingInput = string | readonly number[];

/** The inputs one by one; tokens alone are one input. */
export function embeddingInputs({ input }: Pick<EmbeddingsRequest, 'input'>): readonly EmbeddingInput[] {
  if (typeof input === 'string') return [input];
  return typeof input[0] === 'number' ? [input as number[]] : (input as string[] | number[][]);
}
