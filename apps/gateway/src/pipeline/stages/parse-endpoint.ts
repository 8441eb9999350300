import { parseJsonBody } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { ClientBody, EndpointDoor } from '../../doors/endpoint-door.js';
import { FormBody } from '../../http/forms/form-body.js';
import type { ParsedEndpointCall } from '../endpoint-call.js';
import type { RequestContext } from '../request-context.js';
import { wishedHedge, wishedRescue, wishedTimeouts } from '../failover-wishes.js';
import { requestedModels } from './parse.js';

/**
 * Reads a request of an endpoint beside chat, JSON or a form.
 * @throws AppError 400 that names the field at fault
 */
export function parseEndpoint<Request, Answer>(
  door: EndpointDoor<Request, Answer>,
  context: RequestContext,
  body: Buffer | FormBody,
): ParsedEndpointCall<Request, Answer> {
  const client = door.read(clientBody(body), context);
  const { wishes } = client;
  return {
    client,
    request: wishes,
    requested: requestedModels(wishes),
    stream: client.stream,
    timeouts: wishedTimeouts(wishes, context),
    ...wishedRescue(wishes, context),
    hedge: client.isSlow ? null : wishedHedge(wishes, context),
    choices: 1,
    outputTokenLimit: 0,
  };
}

function clientBody(body: Buffer | FormBody): ClientBody {
  if (body instanceof FormBody) return { kind: 'form', form: body };
  const json = parseJsonBody(body);
  if (!json.ok) throw new AppError(json.issue.code, { publicMessage: json.issue.message });
  return { kind: 'json', value: json.value };
}
