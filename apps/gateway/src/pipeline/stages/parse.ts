import { parseJsonBody, type ChatRequest } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { ChatDoor } from '../../doors/chat-door.js';
import { MAX_TIMEOUT_MS } from '../header-wishes.js';
import type { ParsedCall } from '../call.js';
import type { RequestContext } from '../request-context.js';
import { outputCheckOf } from '../../failover/output-check.js';
import type { Timeouts } from '../../failover/clocks.js';

/**
 * Reads the body, once. Unknown fields are kept.
 * @throws AppError 400 that names the field at fault
 */
export function parse(door: ChatDoor, context: RequestContext, body: Buffer): ParsedCall {
  const json = parseJsonBody(body);
  if (!json.ok) throw new AppError(json.issue.code, { publicMessage: json.issue.message });
  const client = door.read(json.value, context);
  const { request } = client;
  return {
    client,
    request,
    requested: requestedModels(request),
    stream: request.stream === true,
    choices: request.n ?? 1,
    timeouts: readTimeouts(request, context),
    ...failoverWishes(request, context),
    outputCheck: outputCheckOf(request),
    outputTokenLimit: request.max_completion_tokens ?? request.max_tokens ?? null,
  };
}

export function requestedModels(request: Pick<ChatRequest, 'model' | 'models'>): string[] {
  const models = request.model ? [request.model] : [];
  for (const model of request.models ?? []) if (!models.includes(model)) models.push(model);
  return models;
}

/** The body wins over the headers. */
function failoverWishes(
  { trunkline }: ChatRequest,
  { wishes }: RequestContext,
): Pick<ParsedCall, 'rescue' | 'holdBack' | 'hedge' | 'keepAliveEarly'> {
  const rescue = trunkline?.rescue ?? wishes.rescue ?? true;
  const hedge = trunkline?.hedge ?? wishes.hedge ?? false;
  const { holdBackTokens = null, holdBackMs = null } = typeof rescue === 'object' ? rescue : {};
  return {
    rescue: rescue !== false,
    holdBack:
      holdBackTokens === null && holdBackMs === null ? null : { tokens: holdBackTokens, ms: holdBackMs },
    hedge: hedge === false ? null : { afterMs: hedge === true ? null : hedge.afterMs },
    keepAliveEarly: trunkline?.keepAlive ? trunkline.keepAlive === 'early' : wishes.keepAliveEarly === true,
  };
}

export function readTimeouts(
  request: Pick<ChatRequest, 'trunkline'>,
  context: RequestContext,
): Partial<Timeouts> {
  const wished = request.trunkline?.timeouts;
  if (!wished) return context.wishes.timeouts;
  for (const [name, ms] of Object.entries(wished)) {
    if (ms > MAX_TIMEOUT_MS) {
      const param = `trunkline.timeouts.${name}`;
      throw new AppError('invalid_value', {
        publicMessage: `Invalid value for '${param}': at most ${MAX_TIMEOUT_MS}.`,
        param,
      });
    }
  }
  return { ...context.wishes.timeouts, ...wished };
}
