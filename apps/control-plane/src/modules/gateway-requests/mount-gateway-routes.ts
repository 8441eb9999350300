import { type GatewayCaller, type MasterKeys, verifyGatewayToken } from '@trunkline/secrets';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../../database/database.module.js';
import { ApiError, invalidField } from '../../http/api-error.js';
import { getCredits } from './get-credits.js';
import { getGeneration } from './get-generation.js';
import { getKey } from './get-key.js';
import { mountResponseRoutes } from './mount-response-routes.js';

/** Longer than any id of ours or of a provider. */
const MAX_ID_CHARACTERS = 200;

/**
 * What gateways ask about things that are stored, for callers whom they have authenticated. Not below `/api`, which is
 * all that the dashboard passes on, and closed to who has no token of a gateway.
 */
export function mountGatewayRoutes(
  fastify: FastifyInstance,
  client: Database['client'],
  masterKeys: MasterKeys,
): void {
  const callerOf = (request: FastifyRequest) => authenticate(request, masterKeys);
  fastify.get('/gateway/generation', (request) => {
    const caller = callerOf(request);
    const { id } = request.query as { id?: unknown };
    if (typeof id !== 'string' || id === '' || id.length > MAX_ID_CHARACTERS)
      throw invalidField('id', 'id is not the id of a call');
    return getGeneration(client, caller, id);
  });
  fastify.get('/gateway/credits', (request) => getCredits(client, callerOf(request)));
  fastify.get('/gateway/key', (request) => getKey(client, callerOf(request), new Date()));
  mountResponseRoutes(fastify, { client, masterKeys }, callerOf);
}

function authenticate({ headers }: FastifyRequest, masterKeys: MasterKeys): GatewayCaller {
  const [, token = ''] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const caller = verifyGatewayToken(token, masterKeys, Date.now());
  if (!caller) throw new ApiError('unauthenticated', 'Only gateways may ask here.');
  return caller;
}
