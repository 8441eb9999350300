import { parameterRules } from '../parameters/index.js';

/** https://ai.google.dev/api/generate-content#v1beta.GenerationConfig */
export const GENERATE_PARAMETERS = parameterRules({
  passed: ['tools'],
  as: {
    model: 'path',
    stream: 'path',
    messages: 'contents, systemInstruction',
    temperature: 'generationConfig.temperature',
    seed: 'generationConfig.seed',
    max_tokens: 'maxOutputTokens',
    max_completion_tokens: 'maxOutputTokens',
    top_p: 'topP',
    top_k: 'topK',
    n: 'candidateCount',
    stop: 'stopSequences',
    logprobs: 'generationConfig.responseLogprobs',
    top_logprobs: 'generationConfig.logprobs',
    presence_penalty: 'presencePenalty',
    frequency_penalty: 'frequencyPenalty',
    tool_choice: 'toolConfig',
    functions: 'tools',
    function_call: 'toolConfig',
    response_format: 'responseMimeType, responseSchema',
    modalities: 'responseModalities',
    reasoning: 'thinkingConfig',
    reasoning_effort: 'thinkingConfig',
    include_reasoning: 'thinkingConfig.includeThoughts',
    // False has no word and is told; true is what Gemini does.
    parallel_tool_calls: 'nothing',
    web_search_options: 'tools',
  },
  unneeded: [
    ...['stream_options', 'prompt_cache_key', 'safety_identifier', 'prompt_cache_retention', 'cache_control'],
  ],
  others: 'dropped',
});
