import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A control plane as far as a gateway can tell: it has the responses that a test gives it. */
export class FakeControlPlane {
  readonly asked: string[] = [];
  readonly stored = new Map<string, unknown>();
  readonly items: unknown[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(`${request.method} ${request.url}`);
    if (request.url?.startsWith('/gateway/response_items')) {
      response.end(JSON.stringify({ items: this.items }));
      return;
    }
    const [, id = '', what = ''] = /^\/gateway\/responses\/([^/?]+)(.*)$/.exec(request.url ?? '') ?? [];
    const found = this.stored.get(decodeURIComponent(id));
    const error = { error: { code: 'not_found', message: 'There is no such response.' } };
    const body = found === undefined ? error : what === '/context' ? found : { asked: what };
    response
      .writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
