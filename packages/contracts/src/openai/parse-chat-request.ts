import type { ChatRequest } from '../chat/chat-request.js';
import { chatRequestProblem, problemIssue } from '../request-checks/chat-request-problem.js';
import { chatRequestSchema } from './chat-request-schema.js';
import { firstIssue, type RequestIssue } from './first-issue.js';
import { inOpenAiWords } from './openai-words.js';

export type ParsedChatRequest = { ok: true; request: ChatRequest } | { ok: false; issue: RequestIssue };

/**
 * Checks the parsed body of `POST /v1/chat/completions`: types, then what `chatRequestProblem` looks at. The request
 * that comes back is the value that went in, with all its unknown fields, or that in OpenAI's words (`inOpenAiWords`). Its
 * depth is `parseJsonBody`'s to bound.
 */
export function parseChatRequest(body: unknown): ParsedChatRequest {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return {
      ok: false,
      issue: { code: 'invalid_type', param: null, message: 'The body must be a JSON object.' },
    };
  }
  const value = inOpenAiWords(body);
  const checked = chatRequestSchema.safeParse(value);
  if (!checked.success) return { ok: false, issue: firstIssue(checked.error, value) };
  const { model, models } = checked.data;
  if (!model && !models?.[0]) {
    const message = "Missing required parameter: 'model'.";
    return { ok: false, issue: { code: 'missing_required_parameter', param: 'model', message } };
  }
  const request = asChatRequest(value);
  const problem = chatRequestProblem(request);
  return problem === null ? { ok: true, request } : { ok: false, issue: problemIssue(problem) };
}

/** Guarantee: the schema has just accepted exactly this value, and the schema changes nothing. */
function asChatRequest(value: object): ChatRequest {
  return value as ChatRequest;
}
