import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import { printMetrics } from '@trunkline/observability';
import { CircuitBreakers } from '../failover/circuit-breaker.js';
import { systemClock } from '../failover/clock.js';
import { ProcessHealth } from '../http/health/process-health.js';

/**
 * This process alone, on a loopback port of its own: `/healthz`, `/readyz`, `/metrics`, and `/breakers`, which a DELETE
 * closes here and, by what this process tells them, everywhere.
 */
@Injectable()
export class AdminServer {
  private server: Server | null = null;

  constructor(
    private readonly health: ProcessHealth,
    private readonly breakers: CircuitBreakers,
  ) {}

  /** @returns the port that it listens on */
  async listen(port: number): Promise<number> {
    const server = createServer((request, response) => {
      void this.answer(request.method ?? 'GET', request.url ?? '/', response);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(method: string, url: string, response: ServerResponse): Promise<void> {
    switch (url.split('?', 1)[0]) {
      case '/healthz':
        return sendJson(response, 200, { status: 'ok', reasons: [] });
      case '/readyz': {
        const { ok, reasons } = this.health.ready();
        return sendJson(response, ok ? 200 : 503, { status: ok ? 'ok' : 'unavailable', reasons });
      }
      case '/metrics': {
        const { contentType, body } = await printMetrics();
        response.writeHead(200, { 'content-type': contentType }).end(body);
        return;
      }
      case '/breakers':
        if (method === 'DELETE') this.breakers.closeAll();
        return sendJson(response, 200, { breakers: this.openBreakers() });
      default:
        return sendJson(response, 404, { status: 'not found' });
    }
  }

  private openBreakers() {
    const nowMs = systemClock.now();
    return [...this.breakers.notClosed(nowMs)].map(({ sinceMs, untilMs, ...breaker }) => ({
      ...breaker,
      openForMs: Math.round(nowMs - sinceMs),
      leftMs: Math.max(0, Math.round(untilMs - nowMs)),
    }));
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
