import { anthropicRefusal } from '../anthropic/errors.js';
import { geminiRefusal } from '../gemini/errors.js';
import type { NativeProblem, NativeRefusal } from '../native-problem.js';

/** Google's own words, where the Gemini API has others. https://cloud.google.com/apis/design/errors */
export function vertexRefusal(problem: NativeProblem): NativeRefusal {
  if (problem.kind === 'unauthorized') {
    return googles(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    );
  }
  if (problem.kind === 'model_not_found') {
    return googles(
      404,
      'NOT_FOUND',
      `Publisher Model \`${problem.model}\` was not found or your project does not have access to it.`,
    );
  }
  if (problem.kind === 'quota_exhausted')
    return googles(429, 'RESOURCE_EXHAUSTED', 'Resource exhausted. Please try again later.');
  return geminiRefusal(problem);
}

/** What the front refuses is told in Google's words, the rest in Claude's own. */
export function claudeRefusal(problem: NativeProblem): NativeRefusal {
  const isFronts = ['unauthorized', 'model_not_found', 'route_not_found', 'quota_exhausted'].includes(
    problem.kind,
  );
  return isFronts ? vertexRefusal(problem) : anthropicRefusal(problem);
}

function googles(code: number, status: string, message: string): NativeRefusal {
  return {
    status: code,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ error: { code, message, status } }),
  };
}
