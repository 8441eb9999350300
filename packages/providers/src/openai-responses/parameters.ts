import { parameterRules } from '../parameters/index.js';

/** The same there as in chat. */
export const AS_SENT = [
  ...['user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention', 'prompt_cache_options'],
  'moderation',
] as const;

/** https://platform.openai.com/docs/api-reference/responses/create */
export const RESPONSES_PARAMETERS = parameterRules({
  passed: [
    ...['model', 'stream', 'temperature', 'top_p', 'top_logprobs', 'tools', 'tool_choice'],
    ...['parallel_tool_calls', 'reasoning', ...AS_SENT],
  ],
  as: {
    messages: 'input',
    max_tokens: 'max_output_tokens',
    max_completion_tokens: 'max_output_tokens',
    logprobs: 'include',
    functions: 'tools',
    function_call: 'tool_choice',
    response_format: 'text.format',
    verbosity: 'text.verbosity',
    reasoning_effort: 'reasoning.effort',
    include_reasoning: 'reasoning.summary',
    web_search_options: 'tools',
  },
  refused: ['n'],
  unneeded: ['stream_options', 'cache_control'],
  others: 'dropped',
});
