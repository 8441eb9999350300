import { parseJsonBody, type ChatRequest } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { ChatDoor } from '../../doors/chat-door.js';
import type { ParsedCall } from '../call.js';
import type { RequestContext } from '../request-context.js';
import { BACKGROUND_TOTAL_MS } from '../../failover/clocks.js';
import { failoverWishes } from '../failover-wishes.js';

/**
 * Reads the body, once. Unknown fields are kept.
 * @throws AppError 400 that names the field at fault
 */
export function parse(door: ChatDoor, context: RequestContext, body: Buffer): ParsedCall {
  const json = parseJsonBody(body);
  if (!json.ok) throw new AppError(json.issue.code, { publicMessage: json.issue.message });
  const client = door.read(json.value, context);
  const { request } = client;
  const wishes = failoverWishes(request, context);
  const isBackground = Boolean(client.background);
  return {
    client,
    request,
    requested: requestedModels(request),
    // What runs in the background is streamed where it can be: it can be looked at meanwhile, and gone on with.
    stream: request.stream === true || (isBackground && wishes.outputCheck === null),
    choices: request.n ?? 1,
    ...wishes,
    ...(isBackground ? { timeouts: { totalMs: BACKGROUND_TOTAL_MS, ...wishes.timeouts } } : {}),
    outputTokenLimit: request.max_completion_tokens ?? request.max_tokens ?? null,
  };
}

export function requestedModels(request: Pick<ChatRequest, 'model' | 'models'>): string[] {
  const models = request.model ? [request.model] : [];
  for (const model of request.models ?? []) if (!models.includes(model)) models.push(model);
  return models;
}
