import type { InvalidField, NativeProblem, NativeRefusal } from '../native-problem.js';

interface GoogleError {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly details?: readonly unknown[];
}

/** A refusal in Google's shape. https://ai.google.dev/gemini-api/docs/troubleshooting */
export function geminiRefusal(problem: NativeProblem): NativeRefusal {
  const error = describe(problem);
  return {
    status: error.code,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ error }, null, 2),
  };
}

/** The error as an object, as a stream's own error event carries it. */
export function geminiErrorObject(problem: NativeProblem): { error: GoogleError } {
  return { error: describe(problem) };
}

const STATUSES: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ['INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  401: ['UNAUTHENTICATED', 'Request had invalid authentication credentials.'],
  402: ['RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted.'],
  403: ['PERMISSION_DENIED', 'The caller does not have permission.'],
  404: ['NOT_FOUND', 'Requested entity was not found.'],
  408: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
  413: ['INVALID_ARGUMENT', 'Request payload size exceeds the limit: 20971520 bytes.'],
  429: ['RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  500: ['INTERNAL', 'An internal error has occurred. Please retry.'],
  503: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  504: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
};

const TYPES = 'type.googleapis.com/google.rpc';

function describe(problem: NativeProblem): GoogleError {
  const invalid = (message: string): GoogleError => ({ code: 400, status: 'INVALID_ARGUMENT', message });
  switch (problem.kind) {
    case 'unauthorized':
      return unauthorized(problem.key);
    case 'model_not_found':
      return notFound(
        `models/${problem.model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
      );
    case 'endpoint_not_offered':
      return notFound(
        `models/${problem.model} is not found for API version v1beta, or is not supported for generateContent.`,
      );
    case 'route_not_found':
      return notFound(`Method not found: ${problem.method} ${problem.path}`);
    case 'context_length':
      return invalid(
        `The input token count (${problem.promptTokens}) exceeds the maximum number of tokens allowed (${problem.windowTokens}).`,
      );
    case 'content_policy':
      return invalid('The request was blocked by the safety filters.');
    case 'body_too_large':
      return invalid(`Request payload size exceeds the limit: ${problem.limitBytes} bytes.`);
    case 'malformed_json':
      return invalid(`Invalid JSON payload received. ${problem.detail}`);
    case 'quota_exhausted':
      return dailyQuota();
    case 'status': {
      const [status, message] = STATUSES[problem.status] ?? ['UNKNOWN', 'Unknown error.'];
      return { code: problem.status, status, message };
    }
    case 'invalid':
      return describeInvalid(problem);
  }
}

function unauthorized(key: string | undefined): GoogleError {
  if (key === undefined) {
    return {
      code: 403,
      status: 'PERMISSION_DENIED',
      message: "Method doesn't allow unregistered callers (callers without established identity).",
    };
  }
  return {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    details: [{ '@type': `${TYPES}.ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
  };
}

function notFound(message: string): GoogleError {
  return { code: 404, status: 'NOT_FOUND', message };
}

function dailyQuota(): GoogleError {
  const violation = {
    quotaMetric: 'generativelanguage.googleapis.com/generate_content_paid_tier_requests',
    quotaId: 'GenerateRequestsPerDayPerProjectPerModel',
    quotaValue: '1000',
  };
  return {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: [
      { '@type': `${TYPES}.QuotaFailure`, violations: [violation] },
      { '@type': `${TYPES}.RetryInfo`, retryDelay: '34.4s' },
    ],
  };
}

function describeInvalid({ path, reason, expected, got }: InvalidField): GoogleError {
  const field = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
  const message =
    reason === 'unsupported'
      ? expected
      : reason === 'missing'
        ? `* ${field}: ${expected} is not specified`
        : reason === 'range'
          ? `* ${field}: must be in the range ${expected}, but is ${JSON.stringify(got)}`
          : `Invalid value at '${field}', expected ${expected}`;
  const details = [{ '@type': `${TYPES}.BadRequest`, fieldViolations: [{ field, description: message }] }];
  return { code: 400, status: 'INVALID_ARGUMENT', message, details };
}
