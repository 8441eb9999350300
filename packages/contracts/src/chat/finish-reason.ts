/**
 * Why an answer ended, in OpenAI's words.
 * `function_call` stands in answers to the older `functions` field alone.
 * https://platform.openai.com/docs/api-reference/chat/object
 */
export const FINISH_REASONS = ['stop', 'length', 'tool_calls', 'content_filter', 'function_call'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];
