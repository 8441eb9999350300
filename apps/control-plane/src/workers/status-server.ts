import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { printMetrics, watchProcess } from '@trunkline/observability';
import { ControlPlaneConfig } from '../config/environment.js';
import { DependencyCheck } from './dependency-check.js';
import { ProjectionPublisher } from './projection-publisher.js';
import { QueueConsumers } from './queue-consumers.js';
import { WorkerPool } from './worker-pool.js';

/** `/healthz` (lives), `/readyz` (works, or why not) and `/metrics`, on the loopback alone. */
@Injectable()
export class StatusServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: Server;
  private readonly checks: readonly DependencyCheck[];

  constructor(
    private readonly config: ControlPlaneConfig,
    private readonly consumers: QueueConsumers,
    { pool }: WorkerPool,
    publisher: ProjectionPublisher,
  ) {
    this.checks = [
      new DependencyCheck('Postgres', () => pool.query('SELECT 1')),
      new DependencyCheck('Redis', () => publisher.ping()),
    ];
    watchProcess();
    this.server = createServer({ requestTimeout: 5_000 }, (request, response) => {
      this.answer(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.server.listen(this.config.worker.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (request.url) {
      case '/healthz':
        return send(response, 200, { status: 'ok' });
      case '/readyz': {
        const problems = [
          ...this.consumers.notReady(),
          ...(await Promise.all(this.checks.map((check) => check.problems()))).flat(),
        ];
        return send(response, problems.length === 0 ? 200 : 503, {
          status: problems.length === 0 ? 'ok' : 'not ready',
          problems,
        });
      }
      case '/metrics': {
        const { contentType, body } = await printMetrics();
        response.writeHead(200, { 'content-type': contentType }).end(body);
        return;
      }
      default:
        send(response, 404, { status: 'there is /healthz, /readyz and /metrics' });
    }
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
