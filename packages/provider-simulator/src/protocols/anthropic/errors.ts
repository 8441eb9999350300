import { type InvalidField, type NativeProblem, type NativeRefusal } from '../native-problem.js';
import { nativeId } from '../native-ids.js';

interface AnthropicError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** A refusal in Anthropic's shape. https://docs.anthropic.com/en/api/errors */
export function anthropicRefusal(problem: NativeProblem): NativeRefusal {
  const { status } = describe(problem);
  const requestId = nativeId('req_011', 21);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      'x-should-retry': String(status === 429 || status >= 500),
    },
    body: JSON.stringify({ ...anthropicErrorObject(problem), request_id: requestId }),
  };
}

/** The error as an object, as a stream's own error event carries it. */
export function anthropicErrorObject(problem: NativeProblem): {
  type: 'error';
  error: { type: string; message: string };
} {
  const { type, message } = describe(problem);
  return { type: 'error', error: { type, message } };
}

const STATUSES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'Bad request'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'Your credit balance is too low to access the Anthropic API.'],
  404: ['not_found_error', 'Not found'],
  408: ['timeout_error', 'Request timed out'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', 'This request would exceed your rate limit. Please try again later.'],
  500: ['api_error', 'Internal server error'],
  502: ['api_error', 'Bad gateway'],
  503: ['api_error', 'Service unavailable'],
  504: ['timeout_error', 'Gateway timeout'],
  529: ['overloaded_error', 'Overloaded'],
};

function describe(problem: NativeProblem): AnthropicError {
  const invalid = (message: string): AnthropicError => ({
    status: 400,
    type: 'invalid_request_error',
    message,
  });
  switch (problem.kind) {
    case 'unauthorized':
      return {
        status: 401,
        type: 'authentication_error',
        message: problem.key === undefined ? 'x-api-key header is required' : 'invalid x-api-key',
      };
    case 'model_not_found':
      return { status: 404, type: 'not_found_error', message: `model: ${problem.model}` };
    case 'route_not_found':
      return { status: 404, type: 'not_found_error', message: 'Not Found' };
    case 'endpoint_not_offered':
      return invalid(`model: ${problem.model} does not support ${problem.endpoint}`);
    case 'context_length':
      return invalid(`prompt is too long: ${problem.promptTokens} tokens > ${problem.windowTokens} maximum`);
    case 'content_policy':
      return invalid('Output blocked by content filtering policy');
    case 'body_too_large':
      return {
        status: 413,
        type: 'request_too_large',
        message: `Request exceeds the maximum size of ${problem.limitBytes} bytes`,
      };
    case 'malformed_json':
      return invalid(`The request body is not valid JSON: ${problem.detail}`);
    case 'quota_exhausted':
      return invalid(
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      );
    case 'status': {
      const [type, message] = STATUSES[problem.status] ?? ['api_error', 'Unexpected error'];
      return { status: problem.status, type, message };
    }
    case 'invalid':
      return invalid(describeInvalid(problem));
  }
}

const KINDS: Readonly<Record<string, string>> = {
  'a string': 'Input should be a valid string',
  'an array': 'Input should be a valid list',
  'an object': 'Input should be a valid dictionary',
  'an integer': 'Input should be a valid integer',
  'a number': 'Input should be a valid number',
  'a boolean': 'Input should be a valid boolean',
};

function describeInvalid({ path, reason, expected }: InvalidField): string {
  const at = path.length === 0 ? '' : `${path.join('.')}: `;
  switch (reason) {
    case 'missing':
      return `${at}Field required`;
    case 'type':
      return at + (KINDS[expected] ?? `Input should be ${expected}`);
    case 'value':
      return `${at}Input should be ${expected.replace(/, (?='[^']*'$)/u, ' or ')}`;
    case 'range':
      return `${at}range: ${expected}`;
    case 'unsupported':
      return at + expected;
  }
}
