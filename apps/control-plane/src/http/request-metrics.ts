import { Histogram } from '@trunkline/observability';
import type { FastifyInstance } from 'fastify';

const seconds = new Histogram({
  name: 'trunkline_control_plane_request_seconds',
  help: 'Time from a request to its answer',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
});

/** Times each request by its route's pattern, never by its path. */
export function measureRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
    done();
  });
}
