import { parseRequest, type RoutingFields } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import { typedFields, type FieldTypes } from '../http/forms/typed-fields.js';
import type { ClientBody, RoutingWishes } from './endpoint-door.js';

type Schema = Parameters<typeof parseRequest>[0];

/** Checks a request against its schema. @throws AppError 400 that names the field at fault */
export function readRequest<Wanted extends Schema>(
  schema: Wanted,
  body: ClientBody,
  { types = {}, defaultModel = null }: { types?: FieldTypes; defaultModel?: string | null } = {},
) {
  const value = body.kind === 'json' ? body.value : typedFields(body.form.fields, types);
  const parsed = parseRequest(schema, value, defaultModel);
  if (parsed.ok) return parsed.request;
  const { code, param, message } = parsed.issue;
  throw new AppError(code, { publicMessage: message, param });
}

/** Guarantee: what JSON or a form gave has no member that is undefined. */
export function wishesIn(request: RoutingFields): RoutingWishes {
  return request as RoutingWishes;
}
