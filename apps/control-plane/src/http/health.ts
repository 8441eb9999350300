import { createServer, type Server } from 'node:http';
import { openApiDocument } from '@trunkline/contracts/control-plane';
import { printMetrics } from '@trunkline/observability';
import type { PrismaClient } from '@trunkline/prisma';
import type { FastifyInstance } from 'fastify';
import { readiness } from '../database/readiness.js';

/** Routes that need no log-in and stand in no document: is it alive, may it get traffic, and the document itself. */
export function mountPlainRoutes(fastify: FastifyInstance, client: PrismaClient): void {
  fastify.get('/healthz', () => ({ status: 'ok' }));
  fastify.get('/readyz', async (_, reply) => {
    const state = await readiness(client);
    return reply.status(state.ready ? 200 : 503).send(state);
  });
  const document = JSON.stringify(openApiDocument());
  fastify.get('/api/openapi.json', (_, reply) => reply.type('application/json').send(document));
}

/** Serves /metrics, /healthz and /readyz on loopback, away from what the dashboard can reach. */
export function serveMetrics(port: number, client: PrismaClient): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const answer = async () => {
      switch (request.url) {
        case '/metrics': {
          const { contentType, body } = await printMetrics();
          return send(200, contentType, body);
        }
        case '/healthz':
          return send(200, 'application/json', '{"status":"ok"}');
        case '/readyz': {
          const state = await readiness(client);
          return send(state.ready ? 200 : 503, 'application/json', JSON.stringify(state));
        }
        default:
          return send(404, 'text/plain', 'not found');
      }
    };
    answer().catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
