import { parameterRules } from '../../parameters/index.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const CONVERSE_PARAMETERS = parameterRules({
  passed: ['messages', 'guardrailConfig'],
  as: {
    model: 'path',
    stream: 'path',
    temperature: 'inferenceConfig.temperature',
    max_tokens: 'maxTokens',
    max_completion_tokens: 'maxTokens',
    top_p: 'topP',
    top_k: 'additionalModelRequestFields',
    stop: 'stopSequences',
    tools: 'toolConfig.tools',
    tool_choice: 'toolConfig.toolChoice',
    functions: 'toolConfig.tools',
    function_call: 'toolConfig.toolChoice',
    response_format: 'outputConfig.textFormat',
    reasoning: 'additionalModelRequestFields',
    reasoning_effort: 'additionalModelRequestFields',
    include_reasoning: 'additionalModelRequestFields',
    thinking: 'additionalModelRequestFields',
    cache_control: 'cachePoint',
    // False has no word and is told; true is what the models do.
    parallel_tool_calls: 'nothing',
  },
  refused: ['n'],
  unneeded: ['stream_options', 'prompt_cache_key', 'safety_identifier', 'prompt_cache_retention'],
  others: 'dropped',
});
