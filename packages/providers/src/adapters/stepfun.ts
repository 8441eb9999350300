import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * reasoning_format passes. Caching is automatic, from 256 equal tokens on.
 * https://platform.stepfun.com/docs
 */
export const stepfun = defineOpenAiCompatible({
  id: 'stepfun',
  name: 'StepFun',
  baseUrl: 'https://api.stepfun.com/v1',
  docsUrl: 'https://platform.stepfun.com/docs/zh/api-reference/chat/chat-completion-create',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    messages: { reasoning: 'reasoning' },
    reasoning: { effort: true, effortNames: { minimal: 'low', xhigh: 'high', max: 'high' } },
    models: [
      {
        match: /step-3\.5-flash/,
        quirks: {
          reasoning: {
            effort: true,
            effortNames: { minimal: 'low', medium: 'high', xhigh: 'high', max: 'high' },
          },
        },
      },
    ],
  },
});
