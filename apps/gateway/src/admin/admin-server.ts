import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import { printMetrics } from '@trunkline/observability';
import { ProcessHealth } from '../http/health/process-health.js';

/** This process alone, on a loopback port of its own: `/healthz`, `/readyz`, `/metrics`. */
@Injectable()
export class AdminServer {
  private server: Server | null = null;

  constructor(private readonly health: ProcessHealth) {}

  /** @returns the port that it listens on */
  async listen(port: number): Promise<number> {
    const server = createServer((request, response) => {
      void this.answer(request.url ?? '/', response);
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

  private async answer(url: string, response: ServerResponse): Promise<void> {
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
      default:
        return sendJson(response, 404, { status: 'not found' });
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
