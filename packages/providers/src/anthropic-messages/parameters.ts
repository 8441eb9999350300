import { parameterRules } from '../parameters/index.js';

/** https://docs.claude.com/en/api/messages */
export const MESSAGES_PARAMETERS = parameterRules({
  passed: [
    ...['model', 'messages', 'stream', 'max_tokens', 'temperature', 'top_p', 'top_k'],
    ...['tools', 'tool_choice', 'cache_control', 'thinking'],
  ],
  as: {
    max_completion_tokens: 'max_tokens',
    stop: 'stop_sequences',
    parallel_tool_calls: 'tool_choice.disable_parallel_tool_use',
    functions: 'tools',
    function_call: 'tool_choice',
    response_format: 'output_config.format',
    reasoning: 'thinking, output_config.effort',
    reasoning_effort: 'thinking, output_config.effort',
    include_reasoning: 'thinking.display',
    user: 'metadata.user_id',
    safety_identifier: 'metadata.user_id',
    web_search_options: 'tools',
  },
  refused: ['n'],
  unneeded: ['stream_options', 'prompt_cache_key', 'prompt_cache_retention'],
  others: 'dropped',
});
