import { z } from 'zod';
import { routingFields } from '../openai/routing-fields.js';
import { cacheControl, messageBlock, textBlock } from './message-blocks.js';

/**
 * `POST /v1/messages`, as a check: types of what we know, everything else passes. It changes nothing, so that what was
 * checked is what is sent on.
 * https://platform.claude.com/docs/en/api/messages
 */

const jsonObject = z.record(z.string(), z.unknown());

const message = z.looseObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(messageBlock)]),
});

/** Tools that Anthropic defines, by the beginning of their type; what follows is a date. */
const NATIVE_TOOL =
  /^(?:(?:web_search|web_fetch|code_execution|bash|text_editor|computer|computer_toolset|browser_toolset|memory|advisor|tool_search_tool_(?:bm25|regex))(?:_\d{8})?|mcp_toolset)$/;

const tool = z
  .looseObject({
    type: z.string().nullish(),
    name: z.string().min(1).max(128).optional(),
    description: z.string().nullish(),
    input_schema: jsonObject.optional(),
    strict: z.boolean().nullish(),
    cache_control: cacheControl.nullish(),
  })
  .superRefine((value, context) => {
    if (!isOwnTool(value)) {
      if (!NATIVE_TOOL.test(String(value.type)))
        context.addIssue({
          code: 'custom',
          path: ['type'],
          message: 'no tool of this type is known.',
          input: value.type,
        });
      return;
    }
    for (const [field, expected] of [
      ['name', 'string'],
      ['input_schema', 'object'],
    ] as const)
      if (value[field] === undefined)
        context.addIssue({ code: 'invalid_type', expected, path: [field], input: undefined });
  });

/** A tool that the client runs by its own description, and not one that Anthropic defines. */
export function isOwnTool({ type }: { type?: string | null | undefined }): boolean {
  return type === undefined || type === null || type === 'custom';
}

const parallel = { disable_parallel_tool_use: z.boolean().nullish() };

const toolChoice = z.discriminatedUnion('type', [
  z.looseObject({ type: z.enum(['auto', 'any', 'none']), ...parallel }),
  z.looseObject({ type: z.literal('tool'), name: z.string().min(1), ...parallel }),
]);

const thinking = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('enabled'), budget_tokens: z.int().positive() }),
  z.looseObject({ type: z.enum(['adaptive', 'disabled', 'between_tools']), display: z.string().nullish() }),
]);

const outputFormat = z.looseObject({ type: z.literal('json_schema'), schema: jsonObject });

const { models, provider, trunkline } = routingFields;

const fields = {
  model: z.string().nullish(),
  messages: z.array(message).min(1),
  system: z.union([z.string(), z.array(textBlock)]).nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.int().nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  thinking: thinking.nullish(),
  output_config: z.looseObject({ effort: z.string().nullish(), format: outputFormat.nullish() }).nullish(),
  /** The older place of `output_config.format`. */
  output_format: outputFormat.nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
  service_tier: z.enum(['auto', 'standard_only']).nullish(),
  cache_control: cacheControl.nullish(),
  container: z.union([z.string(), jsonObject]).nullish(),
  context_management: jsonObject.nullish(),
  mcp_servers: z.array(jsonObject).nullish(),
  models,
  provider,
  trunkline,
};

export const messagesRequestSchema = z.looseObject({ ...fields, max_tokens: z.int().nonnegative() });

/** `POST /v1/messages/count_tokens`: the same without a limit. */
export const countTokensRequestSchema = z.looseObject({
  ...fields,
  max_tokens: z.int().nonnegative().nullish(),
});

export type MessagesRequest = z.infer<typeof countTokensRequestSchema>;
export type MessagesTool = NonNullable<MessagesRequest['tools']>[number];
export type MessagesMessage = MessagesRequest['messages'][number];
