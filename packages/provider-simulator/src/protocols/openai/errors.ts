import type { ProviderProfile } from '../../providers/profiles.js';
import {
  type FieldPath,
  type InvalidField,
  kindOf,
  type NativeProblem,
  type NativeRefusal,
} from '../native-problem.js';

interface OpenAiError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param?: string;
  readonly code?: string;
}

/** A refusal in OpenAI's words, in the provider's own shape. Codes: https://platform.openai.com/docs/guides/error-codes */
export function openAiRefusal(problem: NativeProblem, profile: ProviderProfile): NativeRefusal {
  const error = describe(problem);
  return {
    status: error.status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shape(error, profile)),
  };
}

/** The error as an object, for a body or for a stream's own error frame. */
export function openAiErrorObject(problem: NativeProblem, profile: ProviderProfile): unknown {
  return shape(describe(problem), profile);
}

function shape(error: OpenAiError, profile: ProviderProfile): unknown {
  const { status, message, type } = error;
  const param = error.param ?? null;
  const code = error.code ?? null;
  switch (profile.errorShape) {
    case 'mistral':
      return { object: 'error', message, type, param, code };
    case 'flat':
      return { message, type, param, code };
    case 'code_and_text':
      return { code: code ?? type, error: message };
    case 'numeric_code':
      return { error: { code: status, message }, user_id: 'user_simulated' };
    case 'openai':
      return { error: { message, type, param, code } };
  }
}

const STATUSES: Readonly<Record<number, Omit<OpenAiError, 'status'>>> = {
  400: { message: 'Bad request.', type: 'invalid_request_error' },
  401: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
  402: { message: 'Insufficient Balance', type: 'insufficient_balance', code: 'insufficient_balance' },
  404: {
    message: 'The model does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    code: 'model_not_found',
  },
  408: { message: 'Request timed out.', type: 'timeout' },
  413: { message: 'Request too large.', type: 'invalid_request_error', code: 'request_too_large' },
  429: { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  500: {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
  },
  502: { message: 'Bad gateway.', type: 'server_error' },
  503: {
    message: 'The engine is currently overloaded, please try again later.',
    type: 'server_error',
    code: 'service_unavailable',
  },
  504: { message: 'Gateway time-out.', type: 'server_error' },
  529: { message: 'The model is overloaded.', type: 'server_error', code: 'overloaded' },
};

function describe(problem: NativeProblem): OpenAiError {
  const type = 'invalid_request_error';
  switch (problem.kind) {
    case 'unauthorized':
      return problem.key === undefined
        ? {
            status: 401,
            type,
            message:
              "You didn't provide an API key. Provide it in an Authorization header using Bearer auth.",
          }
        : {
            status: 401,
            type,
            code: 'invalid_api_key',
            message: `Incorrect API key provided: ${masked(problem.key)}.`,
          };
    case 'model_not_found':
      return {
        status: 404,
        type,
        code: 'model_not_found',
        message: `The model \`${problem.model}\` does not exist or you do not have access to it.`,
      };
    case 'route_not_found':
      return { status: 404, type, message: `Invalid URL (${problem.method} ${problem.path})` };
    case 'endpoint_not_offered':
      return {
        status: 404,
        type,
        param: 'model',
        message: `The model \`${problem.model}\` is not supported in the ${problem.endpoint} endpoint.`,
      };
    case 'context_length':
      return {
        status: 400,
        type,
        param: 'messages',
        code: 'context_length_exceeded',
        message: `This model's maximum context length is ${problem.windowTokens} tokens. However, your messages resulted in ${problem.promptTokens} tokens. Please reduce the length of the messages.`,
      };
    case 'content_policy':
      return {
        status: 400,
        type,
        code: 'content_policy_violation',
        message: 'Your request was rejected as a result of our safety system.',
      };
    case 'body_too_large':
      return {
        status: 413,
        type,
        code: 'request_too_large',
        message: `The request is larger than ${problem.limitBytes} bytes.`,
      };
    case 'malformed_json':
      return {
        status: 400,
        type,
        message: `We could not parse the JSON body of your request. (${problem.detail})`,
      };
    case 'quota_exhausted':
      return {
        status: 429,
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        message: 'You exceeded your current quota, please check your plan and billing details.',
      };
    case 'status':
      return {
        status: problem.status,
        ...(STATUSES[problem.status] ?? { message: 'Unexpected error.', type: 'server_error' }),
      };
    case 'invalid':
      return { status: 400, type, param: paramOf(problem.path), ...describeInvalid(problem) };
  }
}

function describeInvalid(problem: InvalidField): { message: string; code?: string } {
  const param = paramOf(problem.path);
  switch (problem.reason) {
    case 'missing':
      return { message: `Missing required parameter: '${param}'.`, code: 'missing_required_parameter' };
    case 'type':
      return {
        message: `Invalid type for '${param}': expected ${problem.expected}, but got ${kindOf(problem.got)} instead.`,
        code: 'invalid_type',
      };
    case 'value':
      return {
        message: `Invalid value: '${String(problem.got).slice(0, 100)}'. Supported values are: ${problem.expected}.`,
        code: 'invalid_value',
      };
    case 'range':
      return {
        message: `Invalid '${param}': expected a value of ${problem.expected}, but got ${String(problem.got)} instead.`,
        code: 'invalid_value',
      };
    case 'unsupported':
      return { message: problem.expected, code: 'unsupported_parameter' };
  }
}

function paramOf(path: FieldPath): string {
  return path.reduce<string>(
    (param, part) =>
      typeof part === 'number' ? `${param}[${part}]` : param === '' ? part : `${param}.${part}`,
    '',
  );
}

function masked(key: string): string {
  return key.length <= 8 ? '*'.repeat(key.length) : `${key.slice(0, 4)}****${key.slice(-4)}`;
}
