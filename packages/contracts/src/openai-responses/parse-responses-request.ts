import { parseRequest, type ParsedRequest } from '../openai/parse-request.js';
import { responsesRequestSchema, type ResponsesRequest } from './responses-request.js';

/** Fields of chat that are called otherwise here; a client that sends them would wait for an effect in vain. */
const MOVED: Readonly<Record<string, string>> = {
  messages: 'input',
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
  response_format: 'text.format',
  verbosity: 'text.verbosity',
  reasoning_effort: 'reasoning.effort',
  functions: 'tools',
  function_call: 'tool_choice',
};

/**
 * Checks the parsed body of `POST /v1/responses`. The request that comes back is the value that went in, with all its
 * unknown fields. Fields are named as `input[0].content[1].type`.
 */
export function parseResponsesRequest(value: unknown): ParsedRequest<ResponsesRequest> {
  const parsed = parseRequest(responsesRequestSchema, value);
  const body = value !== null && typeof value === 'object' ? value : {};
  if (parsed.ok) return moved(body) ?? { ok: true, request: asResponsesRequest(body) };
  return parsed.issue.param === 'input' ? (moved(body) ?? parsed) : parsed;
}

/** Guarantee: the schema has just accepted exactly this value, and the schema changes nothing. */
function asResponsesRequest(value: object): ResponsesRequest {
  return value as ResponsesRequest;
}

function moved(
  request: object,
): { ok: false; issue: { code: 'unknown_parameter'; param: string; message: string } } | null {
  for (const [field, now] of Object.entries(MOVED)) {
    if (!Object.hasOwn(request, field)) continue;
    const message = `Unsupported parameter: '${field}'. In the Responses API it is called '${now}'.`;
    return { ok: false, issue: { code: 'unknown_parameter', param: field, message } };
  }
  return null;
}
