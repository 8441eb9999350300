import { parameterRules } from '../../parameters/index.js';

/** Cohere's own, for clients that know it. Its documents are texts in the request, and no kept objects. */
export const OWN_PARAMETERS = ['documents', 'citation_options', 'safety_mode'] as const;

/** https://docs.cohere.com/reference/chat */
export const COHERE_PARAMETERS = parameterRules({
  passed: [
    ...['model', 'messages', 'stream', 'max_tokens', 'temperature', 'seed', 'tools', 'tool_choice'],
    ...['presence_penalty', 'frequency_penalty', 'response_format', 'thinking', 'logprobs'],
    ...OWN_PARAMETERS,
  ],
  as: {
    max_completion_tokens: 'max_tokens',
    top_p: 'p',
    top_k: 'k',
    stop: 'stop_sequences',
    functions: 'tools',
    function_call: 'tool_choice',
    reasoning: 'thinking',
    reasoning_effort: 'thinking',
    // False has no word and is told; true is what the models do.
    parallel_tool_calls: 'nothing',
  },
  refused: ['n'],
  unneeded: [
    ...[
      'stream_options',
      'include_reasoning',
      'prompt_cache_key',
      'safety_identifier',
      'prompt_cache_retention',
      'cache_control',
    ],
  ],
  others: 'dropped',
});
