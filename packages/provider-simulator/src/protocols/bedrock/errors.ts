import { type InvalidField, kindOf, type NativeProblem, type NativeRefusal } from '../native-problem.js';
import { nativeId } from '../native-ids.js';

interface AwsError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/**
 * A refusal in Bedrock's shape: the body has a message alone, the type stands in a header.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 */
export function bedrockRefusal(problem: NativeProblem): NativeRefusal {
  const { status, type, message } = describe(problem);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': nativeId('', 36),
      'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
    },
    body: JSON.stringify({ message }),
  };
}

/** The exceptions that a stream can have. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html */
export function streamException(problem: NativeProblem): { name: string; message: string } {
  const { type, message } = describe(problem);
  const name = type.charAt(0).toLowerCase() + type.slice(1);
  const known = ['internalServerException', 'throttlingException', 'validationException'];
  const others = ['modelStreamErrorException', 'serviceUnavailableException'];
  return { name: [...known, ...others].includes(name) ? name : 'modelStreamErrorException', message };
}

const STATUSES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['ValidationException', 'The request is not valid.'],
  401: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  402: ['AccessDeniedException', 'Your account has a payment problem.'],
  403: ['AccessDeniedException', "You don't have access to the model with the specified model ID."],
  404: ['ResourceNotFoundException', 'The specified resource ARN was not found.'],
  408: ['ModelTimeoutException', 'The request took too long to process.'],
  424: ['ModelErrorException', 'The request failed due to an error while processing the model.'],
  429: ['ThrottlingException', 'Too many requests, please wait before trying again.'],
  500: [
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  ],
  503: ['ServiceUnavailableException', 'Bedrock is unable to process your request.'],
};

function describe(problem: NativeProblem): AwsError {
  const invalid = (message: string): AwsError => ({ status: 400, type: 'ValidationException', message });
  switch (problem.kind) {
    case 'unauthorized':
      return problem.key === undefined
        ? {
            status: 403,
            type: 'MissingAuthenticationTokenException',
            message: 'Missing Authentication Token',
          }
        : {
            status: 403,
            type: 'UnrecognizedClientException',
            message: 'The security token included in the request is invalid.',
          };
    case 'model_not_found':
      return invalid('The provided model identifier is invalid.');
    case 'endpoint_not_offered':
      return invalid(`The model ${problem.model} is not supported by this operation.`);
    case 'route_not_found':
      return { status: 404, type: 'UnknownOperationException', message: 'No operation is at this path.' };
    case 'context_length':
      return invalid('Input is too long for requested model.');
    case 'content_policy':
      return invalid('The content of the request was blocked by a content filter.');
    case 'body_too_large':
      return { status: 413, type: 'RequestEntityTooLargeException', message: 'Request body is too large.' };
    case 'malformed_json':
      return { status: 400, type: 'SerializationException', message: problem.detail };
    case 'quota_exhausted':
      return {
        status: 429,
        type: 'ThrottlingException',
        message: 'Too many tokens per day, please wait before trying again.',
      };
    case 'status': {
      const [type, message] = STATUSES[problem.status] ?? ['InternalServerException', 'Unexpected error'];
      return { status: problem.status, type, message };
    }
    case 'invalid':
      return problem.path[0] === 'authorization'
        ? { status: 403, type: 'InvalidSignatureException', message: problem.expected }
        : invalid(describeInvalid(problem));
  }
}

/** The service's own sentence, or the validator's: `1 validation error detected: Value at '…' failed …`. */
function describeInvalid({ path, reason, expected, got }: InvalidField): string {
  const at = path.join('.');
  switch (reason) {
    case 'missing':
      return `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`;
    case 'type':
      return `Unexpected field type: '${at}' must be ${expected}, not ${kindOf(got)}`;
    case 'value':
      return `1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must satisfy enum value set: [${expected}]`;
    case 'range':
      return `1 validation error detected: Value '${String(got)}' at '${at}' failed to satisfy constraint: Member must be in the range ${expected}`;
    case 'unsupported':
      return expected;
  }
}
