import { type InvalidField, type NativeProblem, type NativeRefusal } from '../native-problem.js';
import { nativeId } from '../native-ids.js';

interface CohereError {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
}

/** A refusal in Cohere's shape. https://docs.cohere.com/reference/errors */
export function cohereRefusal(problem: NativeProblem): NativeRefusal {
  const { status, ...error } = describe(problem);
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(errorObject(error)),
  };
}

/** The error as an object, as a broken stream carries it. */
export function cohereErrorObject(problem: NativeProblem): Record<string, unknown> {
  return errorObject(describe(problem));
}

function errorObject({ message, type }: Omit<CohereError, 'status'>): Record<string, unknown> {
  return { id: nativeId('', 32), message, ...(type === undefined ? {} : { error_type: type }) };
}

const STATUSES: Readonly<Record<number, string>> = {
  400: 'invalid request',
  401: 'invalid api token',
  402: 'Please add or update your payment method at https://dashboard.cohere.com/billing',
  404: 'not found',
  408: 'request timed out',
  413: 'request too large',
  429: 'Please wait and try again later',
  499: 'request cancelled',
  500: 'internal server error, this has been reported to our developers',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
  529: 'overloaded',
};

function describe(problem: NativeProblem): CohereError {
  const invalid = (message: string): CohereError => ({ status: 400, message: `invalid request: ${message}` });
  switch (problem.kind) {
    case 'unauthorized':
      return {
        status: 401,
        message: problem.key === undefined ? 'no api key supplied' : 'invalid api token',
      };
    case 'model_not_found':
      return {
        status: 404,
        message: `model '${problem.model}' not found, make sure the correct model ID was used and that you have access to the model.`,
      };
    case 'route_not_found':
      return { status: 404, message: '404 page not found' };
    case 'endpoint_not_offered':
      return invalid(`model '${problem.model}' is not supported by the ${problem.endpoint} API`);
    case 'context_length': {
      const over = problem.promptTokens - problem.windowTokens;
      return {
        status: 400,
        type: 'TOO_MANY_TOKENS',
        message: `too many tokens: size limit exceeded by ${over} tokens. Try using shorter or fewer inputs. The limit for this model is ${problem.windowTokens} tokens.`,
      };
    }
    case 'content_policy':
      return { status: 498, message: 'the request was blocked by our content filter' };
    case 'body_too_large':
      return { status: 413, message: `request body exceeds ${problem.limitBytes} bytes` };
    case 'malformed_json':
      return invalid(`could not parse JSON: ${problem.detail}`);
    case 'quota_exhausted':
      return {
        status: 429,
        message:
          'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.',
      };
    case 'status':
      return { status: problem.status, message: STATUSES[problem.status] ?? 'unexpected error' };
    case 'invalid':
      return invalid(describeInvalid(problem));
  }
}

function describeInvalid({ path, reason, expected, got }: InvalidField): string {
  const at = path.join('.');
  switch (reason) {
    case 'unsupported':
      return expected;
    case 'missing':
      return `missing required field '${at}'`;
    case 'range':
      return `${at} must be between ${expected.replace('..', ' and ')} inclusive, received ${JSON.stringify(got)}`;
    case 'type':
    case 'value':
      return `${at} must be ${expected}`;
  }
}
