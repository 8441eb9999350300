import { z } from 'zod';

/**
 * Items of a conversation, as a client sends them and gets them in answers.
 * https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 */

const text = z.string();
const id = z.string().nullish();
const status = z.string().nullish();

const outputText = z.looseObject({
  type: z.literal('output_text'),
  text,
  annotations: z.array(z.looseObject({ type: z.string() })).nullish(),
});
const refusal = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });
const inputText = z.looseObject({ type: z.literal('input_text'), text });
const inputImage = z.looseObject({
  type: z.literal('input_image'),
  image_url: z.string().nullish(),
  file_id: id,
  detail: z.string().nullish(),
});
const inputFile = z.looseObject({
  type: z.literal('input_file'),
  file_id: id,
  file_data: z.string().nullish(),
  file_url: z.string().nullish(),
  filename: z.string().nullish(),
});
const inputAudio = z.looseObject({
  type: z.literal('input_audio'),
  input_audio: z.looseObject({ data: z.string(), format: z.string() }),
});

const messagePart = z.discriminatedUnion('type', [
  inputText,
  inputImage,
  inputFile,
  inputAudio,
  outputText,
  refusal,
]);

/** What a client's tool gave back: text, or parts. */
const toolOutput = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [inputText, inputImage, inputFile])),
]);

const message = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(messagePart)]),
  id,
  status,
});

const reasoning = z.looseObject({
  type: z.literal('reasoning'),
  id,
  summary: z.array(z.looseObject({ type: z.literal('summary_text'), text })).nullish(),
  content: z.array(z.looseObject({ type: z.enum(['reasoning_text', 'text']), text })).nullish(),
  encrypted_content: z.string().nullish(),
});

const functionCall = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string().min(1),
  name: z.string().min(1),
  arguments: z.string(),
  namespace: z.string().nullish(),
  id,
  status,
});

const customToolCall = z.looseObject({
  type: z.literal('custom_tool_call'),
  call_id: z.string().min(1),
  name: z.string().min(1),
  input: z.string(),
  namespace: z.string().nullish(),
  id,
});

const callOutput = z.looseObject({
  type: z.enum(['function_call_output', 'custom_tool_call_output']),
  call_id: z.string().min(1),
  output: toolOutput,
});

const itemReference = z.looseObject({ type: z.literal('item_reference'), id: z.string().min(1) });

/** Items of tools that the provider defines. Only it knows what stands in them. */
export const BUILT_IN_ITEM_TYPES = [
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'computer_call',
  'computer_call_output',
  'local_shell_call',
  'local_shell_call_output',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
  'apply_patch_call_output',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_approval_response',
  'mcp_call',
  'tool_search_call',
  'tool_search_output',
  'additional_tools',
  'compaction',
] as const;

const builtIn = z.looseObject({ type: z.enum(BUILT_IN_ITEM_TYPES) });

export const responseItem = z.discriminatedUnion('type', [
  message,
  reasoning,
  functionCall,
  customToolCall,
  callOutput,
  itemReference,
  builtIn,
]);

export type ResponseItem = z.infer<typeof responseItem>;
export type ResponseMessageItem = z.infer<typeof message>;
export type ResponseMessagePart = z.infer<typeof messagePart>;
export type ResponseReasoningItem = z.infer<typeof reasoning>;
export type ResponseToolOutput = z.infer<typeof toolOutput>;
