import { FINISH_REASONS } from '@trunkline/contracts';
import { z } from 'zod';

/** What an answer to a client may have: strict where OpenAI's clients look, so that a provider's extras show. */
export const answerSchema = z.strictObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  system_fingerprint: z.string().nullish(),
  citations: z.array(z.string()).optional(),
  choices: z
    .array(
      z.strictObject({
        index: z.int(),
        finish_reason: z.enum(FINISH_REASONS),
        native_finish_reason: z.string().nullish(),
        logprobs: z.unknown().optional(),
        // Azure's verdicts, which its clients read.
        content_filter_results: z.unknown().optional(),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullish(),
          reasoning: z.string().nullish(),
          reasoning_content: z.string().nullish(),
          reasoning_details: z.array(z.looseObject({ type: z.string() })).optional(),
          annotations: z
            .array(
              z.looseObject({
                type: z.literal('url_citation'),
                url_citation: z.looseObject({
                  url: z.string().min(1),
                  title: z.string(),
                  start_index: z.int(),
                  end_index: z.int(),
                }),
              }),
            )
            .optional(),
          // Ours, beside OpenAI's annotations.
          citations: z.array(z.looseObject({ type: z.literal('source_citation') })).optional(),
          tool_calls: z
            .array(
              z.strictObject({
                id: z.string().min(1),
                type: z.literal('function'),
                function: z.strictObject({ name: z.string(), arguments: z.string() }),
                /** State of the maker's own. */
                extra_content: z.strictObject({ google: z.record(z.string(), z.string()) }).optional(),
              }),
            )
            .min(1)
            .optional(),
        }),
      }),
    )
    .min(1),
});
