import type { ProviderProfile } from '../../providers/profiles.js';
import type { NativeProblem, NativeRefusal } from '../native-problem.js';
import { openAiRefusal } from '../openai/errors.js';

/** A refusal as Azure words it; what it does not word by itself is OpenAI's. https://learn.microsoft.com/en-us/azure/foundry/openai/how-to/content-filters */
export function azureRefusal(problem: NativeProblem, profile: ProviderProfile): NativeRefusal {
  switch (problem.kind) {
    case 'unauthorized':
      return refusal(401, {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription.',
      });
    case 'model_not_found':
      return refusal(404, {
        code: 'DeploymentNotFound',
        message: 'The API deployment for this resource does not exist.',
      });
    case 'route_not_found':
      return refusal(404, { code: '404', message: 'Resource not found' });
    case 'content_policy':
      return refusal(400, {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { hate: { filtered: true, severity: 'high' } },
        },
      });
    default:
      return openAiRefusal(problem, profile);
  }
}

function refusal(status: number, error: Record<string, unknown>): NativeRefusal {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
}
