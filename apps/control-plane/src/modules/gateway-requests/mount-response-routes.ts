import type { GatewayCaller } from '@trunkline/secrets';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  deleteResponse,
  listInputItems,
  readItems,
  readResponse,
  type ResponseReader,
} from '../stored-responses/index.js';

/** What gateways ask about stored responses: the whole with its context, a page of what the model was given, deletion. */
export function mountResponseRoutes(
  fastify: FastifyInstance,
  reader: ResponseReader,
  callerOf: (request: FastifyRequest) => GatewayCaller,
): void {
  const read = (request: FastifyRequest) => readResponse(reader, callerOf(request), idOf(request));
  fastify.get('/gateway/response_items', (request) => {
    const { id = [] } = request.query as { id?: string | string[] };
    const ids = typeof id === 'string' ? [id] : id;
    return readItems(reader, callerOf(request), ids).then((items) => ({ items }));
  });
  fastify.get('/gateway/responses/:id/context', (request) =>
    read(request).then(({ items, response }) => ({ items, response })),
  );
  fastify.get('/gateway/responses/:id/input_items', (request) =>
    read(request).then((stored) => listInputItems(stored, request.query)),
  );
  fastify.delete('/gateway/responses/:id', (request) =>
    deleteResponse(reader, callerOf(request), idOf(request)),
  );
}

function idOf({ params }: FastifyRequest): string {
  return (params as { id: string }).id;
}
