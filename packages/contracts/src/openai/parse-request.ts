import type { z } from 'zod';
import { firstIssue, type RequestIssue } from './first-issue.js';

export type ParsedRequest<Request> = { ok: true; request: Request } | { ok: false; issue: RequestIssue };

/**
 * Checks the body of an endpoint against its schema, and that it names a model. Unknown fields stay.
 * @param defaultModel taken where the body names none
 */
export function parseRequest<Schema extends z.ZodType<{ model?: string | null | undefined }>>(
  schema: Schema,
  value: unknown,
  defaultModel: string | null = null,
): ParsedRequest<z.infer<Schema>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return {
      ok: false,
      issue: { code: 'invalid_type', param: null, message: 'The body must be a JSON object.' },
    };
  }
  const checked = schema.safeParse(value);
  if (!checked.success) return { ok: false, issue: firstIssue(checked.error, value) };
  if (namesModel(checked.data)) return { ok: true, request: checked.data };
  if (defaultModel !== null) return { ok: true, request: { ...checked.data, model: defaultModel } };
  const message = "Missing required parameter: 'model'.";
  return { ok: false, issue: { code: 'missing_required_parameter', param: 'model', message } };
}

function namesModel(request: { model?: string | null | undefined; models?: unknown }): boolean {
  return Boolean(request.model) || (Array.isArray(request.models) && Boolean(request.models[0]));
}
