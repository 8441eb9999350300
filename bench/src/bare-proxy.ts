import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';

/**
 * What everything is compared with: the least that a proxy in Node does, on the same libraries as the gateway's. Pipes
 * request and answer, looks at nothing, and drops the headers that belong to one hop.
 */
const upstream = new URL(process.env['BARE_PROXY_UPSTREAM'] ?? '');
const pool = new Pool(upstream.origin, { connections: null, pipelining: 1 });
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'expect', 'upgrade']);

function passedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const passed: IncomingHttpHeaders = {};
  for (const name in headers) if (!hopByHop.has(name)) passed[name] = headers[name];
  return passed;
}

const server = createServer((request, response) => {
  const { method = 'GET', url = '/' } = request;
  pool
    .stream(
      { path: url, method, headers: passedHeaders(request.headers), body: request },
      ({ statusCode, headers }) => response.writeHead(statusCode, passedHeaders(headers)),
    )
    .catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
});
server.listen({ port: Number(process.env['BARE_PROXY_PORT']), host: '127.0.0.1', backlog: 4_096 });
process.once('SIGTERM', () => process.exit(0));
