import { z } from 'zod';
import { routingFields } from './routing-fields.js';

/**
 * `POST /v1/chat/completions`, as a check: types of what we know, everything else passes. It changes nothing (no
 * defaults, no coercion), so that what was checked is what is sent on.
 * https://platform.openai.com/docs/api-reference/chat/create
 */

const jsonObject = z.record(z.string(), z.unknown());

const cacheControl = z.looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).nullish() });

const contentPart = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string(), cache_control: cacheControl.nullish() }),
  z.looseObject({
    type: z.literal('image_url'),
    image_url: z.looseObject({ url: z.string(), detail: z.string().nullish() }),
    cache_control: cacheControl.nullish(),
  }),
  z.looseObject({
    type: z.literal('input_audio'),
    input_audio: z.looseObject({ data: z.string(), format: z.string() }),
    cache_control: cacheControl.nullish(),
  }),
  z.looseObject({
    type: z.literal('video_url'),
    video_url: z.looseObject({ url: z.string() }),
    cache_control: cacheControl.nullish(),
  }),
  z.looseObject({
    type: z.literal('file'),
    file: z.looseObject({
      file_id: z.string().nullish(),
      file_data: z.string().nullish(),
      filename: z.string().nullish(),
    }),
    cache_control: cacheControl.nullish(),
  }),
  z.looseObject({ type: z.literal('refusal'), refusal: z.string() }),
]);

const drawnImage = z.looseObject({
  type: z.literal('image_url').optional(),
  image_url: z.looseObject({ url: z.string() }),
});

const content = z.union([z.string(), z.array(contentPart)]);

const toolCall = z.union([
  z.looseObject({
    id: z.string(),
    type: z.literal('function').optional(),
    function: z.looseObject({ name: z.string(), arguments: z.string() }),
  }),
  z.looseObject({
    id: z.string(),
    type: z.literal('custom'),
    custom: z.looseObject({ name: z.string(), input: z.string() }),
  }),
]);

const reasoningDetail = z.looseObject({ type: z.string() });

const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer', 'user']), content, name: z.string().nullish() }),
  z.looseObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    refusal: z.string().nullish(),
    name: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
    function_call: z.looseObject({ name: z.string(), arguments: z.string() }).nullish(),
    reasoning: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning_details: z.array(reasoningDetail).nullish(),
    images: z.array(drawnImage).nullish(),
  }),
  z.looseObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
  z.looseObject({ role: z.literal('function'), name: z.string(), content: z.string().nullable() }),
]);

const functionDefinition = z.looseObject({
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
});

const tool = z
  .looseObject({
    type: z.string(),
    function: functionDefinition.optional(),
    custom: z.looseObject({ name: z.string().min(1) }).optional(),
    cache_control: cacheControl.nullish(),
  })
  .superRefine((value, context) => {
    if (value.type !== 'function' && value.type !== 'custom') return;
    if (value[value.type] === undefined) {
      context.addIssue({ code: 'invalid_type', expected: 'object', path: [value.type], input: undefined });
    }
  });

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.string().optional(), function: z.looseObject({ name: z.string() }).optional() }),
]);

const responseFormat = z
  .looseObject({
    type: z.string(),
    json_schema: z
      .looseObject({
        name: z.string().optional(),
        description: z.string().nullish(),
        schema: jsonObject.nullish(),
        strict: z.boolean().nullish(),
      })
      .optional(),
  })
  .superRefine((value, context) => {
    if (value.type === 'json_schema' && value.json_schema === undefined) {
      context.addIssue({ code: 'invalid_type', expected: 'object', path: ['json_schema'], input: undefined });
    }
  });

const strings = z.array(z.string());

/** 0 is the provider's to judge. */
const tokenLimit = z.int().nonnegative();

export const chatRequestSchema = z.looseObject({
  ...routingFields,
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokenLimit.nullish(),
  max_completion_tokens: tokenLimit.nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  n: z.int().min(1).max(128).nullish(),
  seed: z.number().nullish(),
  stop: z.union([z.string(), strings]).nullish(),
  frequency_penalty: z.number().nullish(),
  presence_penalty: z.number().nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  functions: z.array(functionDefinition).nullish(),
  function_call: z.union([z.enum(['none', 'auto']), z.looseObject({ name: z.string() })]).nullish(),
  response_format: responseFormat.nullish(),
  reasoning_effort: z.string().nullish(),
  reasoning: z
    .looseObject({
      effort: z.string().nullish(),
      max_tokens: z.int().nonnegative().nullish(),
      enabled: z.boolean().nullish(),
      exclude: z.boolean().nullish(),
    })
    .nullish(),
  include_reasoning: z.boolean().nullish(),
  modalities: strings.nullish(),
  audio: jsonObject.nullish(),
  prediction: z.looseObject({ type: z.string(), content }).nullish(),
  web_search_options: jsonObject.nullish(),
  verbosity: z.string().nullish(),
  store: z.boolean().nullish(),
  service_tier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  session_id: z.string().nullish(),
  min_p: z.number().nullish(),
  top_a: z.number().nullish(),
  repetition_penalty: z.number().nullish(),
  transforms: strings.nullish(),
  usage: z.looseObject({ include: z.boolean().nullish() }).nullish(),
});
