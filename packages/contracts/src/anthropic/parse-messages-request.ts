import type { z } from 'zod';
import { firstIssue, type RequestIssue } from '../openai/first-issue.js';
import { countTokensRequestSchema, messagesRequestSchema, type MessagesRequest } from './messages-request.js';

export type ParsedMessagesRequest =
  | { ok: true; request: MessagesRequest }
  | { ok: false; issue: RequestIssue };

/**
 * Checks the parsed body of `POST /v1/messages`. The request that comes back is the value that went in, with all its
 * unknown fields. Fields are named in Anthropic's words: `messages.0.content.1.type`.
 */
export function parseMessagesRequest(value: unknown): ParsedMessagesRequest {
  return parse(messagesRequestSchema, value);
}

/** The same for `POST /v1/messages/count_tokens`, which needs no `max_tokens`. */
export function parseCountTokensRequest(value: unknown): ParsedMessagesRequest {
  return parse(countTokensRequestSchema, value);
}

function parse(schema: z.ZodType<MessagesRequest>, value: unknown): ParsedMessagesRequest {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const message = 'The body must be a JSON object.';
    return { ok: false, issue: { code: 'invalid_type', param: null, message } };
  }
  const checked = schema.safeParse(value);
  if (!checked.success) return { ok: false, issue: firstIssue(checked.error, value, 'dots') };
  if (checked.data.model || checked.data.models?.[0]) return { ok: true, request: asRequest(value) };
  const message = "Missing required parameter: 'model'.";
  return { ok: false, issue: { code: 'missing_required_parameter', param: 'model', message } };
}

/** Guarantee: the schema has just accepted exactly this value, and the schema changes nothing. */
function asRequest(value: object): MessagesRequest {
  return value as MessagesRequest;
}
