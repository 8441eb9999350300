import { z } from 'zod';

/**
 * Content blocks of a Messages request, as a check: types of what we read, everything else passes.
 * https://platform.claude.com/docs/en/api/messages
 */

const jsonObject = z.record(z.string(), z.unknown());

export const cacheControl = z.looseObject({
  type: z.literal('ephemeral'),
  ttl: z.enum(['5m', '1h']).nullish(),
});

const mark = { cache_control: cacheControl.nullish() };
const citations = z.looseObject({ enabled: z.boolean().nullish() }).nullish();

/** https://platform.claude.com/docs/en/build-with-claude/vision */
const imageSource = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('base64'),
    media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    data: z.string(),
  }),
  z.looseObject({ type: z.literal('url'), url: z.string() }),
  z.looseObject({ type: z.literal('file'), file_id: z.string() }),
]);

export const textBlock = z.looseObject({
  type: z.literal('text'),
  text: z.string(),
  citations: z.array(jsonObject).nullish(),
  ...mark,
});

const imageBlock = z.looseObject({ type: z.literal('image'), source: imageSource, ...mark });

/** https://platform.claude.com/docs/en/build-with-claude/pdf-support */
const documentSource = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('base64'), media_type: z.literal('application/pdf'), data: z.string() }),
  z.looseObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
  z.looseObject({
    type: z.literal('content'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))]),
  }),
  z.looseObject({ type: z.literal('url'), url: z.string() }),
  z.looseObject({ type: z.literal('file'), file_id: z.string() }),
]);

const documentBlock = z.looseObject({
  type: z.literal('document'),
  source: documentSource,
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations,
  ...mark,
});

const searchResultBlock = z.looseObject({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(textBlock),
  citations,
  ...mark,
});

/** Found tools and states of a browser: parts of a result that only Anthropic reads. */
const nativeResultBlock = z.looseObject({ type: z.enum(['tool_reference', 'browser_state']) });

const resultBlock = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  documentBlock,
  searchResultBlock,
  nativeResultBlock,
]);

const toolResultBlock = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string().min(1),
  content: z.union([z.string(), z.array(resultBlock)]).nullish(),
  is_error: z.boolean().nullish(),
  ...mark,
});

const toolUseBlock = z.looseObject({
  type: z.literal('tool_use'),
  id: z.string().min(1),
  name: z.string().min(1),
  input: jsonObject,
  ...mark,
});

const thinkingBlock = z.looseObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  signature: z.string().nullish(),
});

const redactedThinkingBlock = z.looseObject({ type: z.literal('redacted_thinking'), data: z.string() });

/**
 * Blocks of Anthropic's own tools and features: nobody else can read them. The list is closed, so that a misspelt block
 * is told by name and not left out.
 */
export const NATIVE_BLOCK_TYPES = [
  'server_tool_use',
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
  'advisor_tool_result',
  'mcp_tool_use',
  'mcp_tool_result',
  'mcp_tool_listing',
  'container_upload',
  'compaction',
  'fallback',
  'tool_addition',
  'tool_removal',
] as const;

const nativeBlock = z.looseObject({ type: z.enum(NATIVE_BLOCK_TYPES) });

export const messageBlock = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  documentBlock,
  searchResultBlock,
  toolResultBlock,
  toolUseBlock,
  thinkingBlock,
  redactedThinkingBlock,
  nativeBlock,
]);

export type MessageBlock = z.infer<typeof messageBlock>;
export type ToolResultBlock = z.infer<typeof toolResultBlock>;
export type ToolUseBlock = z.infer<typeof toolUseBlock>;
export type ThinkingBlock = z.infer<typeof thinkingBlock>;
export type RedactedThinkingBlock = z.infer<typeof redactedThinkingBlock>;
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ImageBlock = z.infer<typeof imageBlock>;
export type SearchResultBlock = z.infer<typeof searchResultBlock>;
export type TextBlock = z.infer<typeof textBlock>;
