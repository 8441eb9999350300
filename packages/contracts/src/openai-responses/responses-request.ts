import { z } from 'zod';
import { routingFields } from '../openai/routing-fields.js';
import { responseItem } from './response-items.js';

/**
 * `POST /v1/responses`, as a check: types of what we know, everything else passes. It changes nothing, so that what was
 * checked is what is sent on.
 * https://platform.openai.com/docs/api-reference/responses/create
 */

const jsonObject = z.record(z.string(), z.unknown());

const NAMED_TOOLS: ReadonlySet<string> = new Set(['function', 'custom', 'namespace']);

const groupedTool = z.looseObject({
  type: z.string().min(1),
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
  format: z.looseObject({ type: z.string() }).nullish(),
});

const tool = z
  .looseObject({
    type: z.string().min(1),
    name: z.string().min(1).optional(),
    description: z.string().nullish(),
    parameters: jsonObject.nullish(),
    strict: z.boolean().nullish(),
    format: z.looseObject({ type: z.string() }).nullish(),
    /** Of a group (`namespace`). */
    tools: z.array(groupedTool).nullish(),
  })
  .superRefine((value, context) => {
    if (NAMED_TOOLS.has(value.type) && value.name === undefined)
      context.addIssue({ code: 'invalid_type', expected: 'string', path: ['name'], input: undefined });
    if (value.type === 'namespace' && !value.tools)
      context.addIssue({ code: 'invalid_type', expected: 'array', path: ['tools'], input: undefined });
  });

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z
    .looseObject({
      type: z.string(),
      name: z.string().optional(),
      mode: z.enum(['auto', 'required']).optional(),
      tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).optional(),
    })
    .superRefine((value, context) => {
      if ((value.type === 'function' || value.type === 'custom') && value.name === undefined)
        context.addIssue({ code: 'invalid_type', expected: 'string', path: ['name'], input: undefined });
      if (value.type === 'allowed_tools' && value.tools === undefined)
        context.addIssue({ code: 'invalid_type', expected: 'array', path: ['tools'], input: undefined });
    }),
]);

const textFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.enum(['text', 'json_object']) }),
  z.looseObject({
    type: z.literal('json_schema'),
    name: z.string().min(1),
    schema: jsonObject,
    description: z.string().nullish(),
    strict: z.boolean().nullish(),
  }),
]);

export const responsesRequestSchema = z.looseObject({
  input: z.union([z.string(), z.array(responseItem)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: jsonObject.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_tool_calls: z.int().positive().nullish(),
  text: z.looseObject({ format: textFormat.nullish(), verbosity: z.string().nullish() }).nullish(),
  reasoning: z
    .looseObject({
      effort: z.string().nullish(),
      summary: z.string().nullish(),
      max_tokens: z.int().nonnegative().nullish(),
      enabled: z.boolean().nullish(),
      exclude: z.boolean().nullish(),
    })
    .nullish(),
  include: z.array(z.string()).nullish(),
  max_output_tokens: z.int().nonnegative().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  store: z.boolean().nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.union([z.string(), jsonObject]).nullish(),
  prompt: jsonObject.nullish(),
  background: z.boolean().nullish(),
  service_tier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  ...routingFields,
});

export type ResponsesRequest = z.infer<typeof responsesRequestSchema>;
export type ResponsesTool = NonNullable<ResponsesRequest['tools']>[number];
export type ResponsesToolChoice = NonNullable<ResponsesRequest['tool_choice']>;
