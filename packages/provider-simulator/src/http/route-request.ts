import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveCanned } from '../canned/serve-canned.js';
import { serveControl } from '../control/serve-control.js';
import { protocolOf } from '../protocols/registry.js';
import { acceptsKey } from '../providers/provider-keys.js';
import type { SimulatedProvider, Simulator } from '../simulator.js';
import { serveToken } from '../tokens/serve-token.js';
import { sendJson } from './send-json.js';
import { serveProviderCall } from './serve-provider-call.js';

const PROVIDER_PREFIX = '/p/';
const CONTROL_PREFIXES = ['/__simulator/', '/__sim/'];

/** Answers any request that the simulator's port gets. */
export async function routeRequest(
  simulator: Simulator,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  if (path.startsWith(PROVIDER_PREFIX)) {
    await serveProvider(simulator, { path, query: new URLSearchParams(query) }, request, response);
    return;
  }
  const control =
    token === undefined ? undefined : CONTROL_PREFIXES.find((prefix) => path.startsWith(prefix));
  const isControl = control !== undefined || path === '/metrics';
  if (isControl && token !== undefined) {
    await serveControl({
      simulator,
      token,
      path: path.slice(control?.length ?? 1),
      query: new URLSearchParams(query),
      request,
      response,
    });
    return;
  }
  request.resume();
  if (path === '/healthz' || path === '/readyz') sendJson(response, 200, { status: 'ok' });
  else sendJson(response, 404, { error: { message: `Nothing is at ${path.slice(0, 200)}` } });
}

async function serveProvider(
  simulator: Simulator,
  { path, query }: { path: string; query: URLSearchParams },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = path.indexOf('/', PROVIDER_PREFIX.length);
  const providerId = path.slice(PROVIDER_PREFIX.length, end === -1 ? undefined : end);
  const native = end === -1 ? '/' : path.slice(end);
  const provider = simulator.provider(providerId);
  const main = provider === undefined ? undefined : protocolOf(provider.protocol);
  if (provider === undefined || main === undefined) {
    request.resume();
    const message =
      provider === undefined
        ? `No provider "${providerId.slice(0, 100)}" is simulated`
        : `The protocol "${provider.protocol}" is not simulated`;
    sendJson(response, 404, { error: { message } });
    return;
  }
  const method = request.method ?? '';
  if (method === 'POST' && main.tokens?.path.test(native)) {
    await serveToken({ simulator, provider, read: main.tokens.read, path, request, response });
    return;
  }
  const protocol =
    [main, ...(main.siblings ?? [])].find((one) => one.operation(method, native, query)) ?? main;
  const key = protocol.readKey(request.headers);
  const accepted = acceptsKey(simulator.keys, providerId, key);
  const operation = protocol.operation(method, native, query);
  if (operation?.kind === 'models') {
    request.resume();
    if (accepted) sendText(response, 200, protocol.models([...(provider.models?.keys() ?? [])], providerId));
    else sendRefusal(response, provider, key);
    return;
  }
  const clientRequestId = request.headers['x-client-request-id'];
  const entry = simulator.calls.begin(providerId, typeof clientRequestId === 'string' ? clientRequestId : '');
  const canned = operation?.kind === 'generate' ? simulator.canned : undefined;
  const answer = canned?.answers.get(protocol.id);
  if (canned !== undefined && answer !== undefined && accepted && !simulator.faults.concerns(providerId)) {
    serveCanned(answer, canned.options.eventsPerSecond, entry, request, response);
    return;
  }
  await serveProviderCall({
    simulator,
    provider,
    protocol,
    operation,
    path: native,
    key,
    accepted,
    request,
    response,
    entry,
  });
}

function sendRefusal(response: ServerResponse, provider: SimulatedProvider, key: string | undefined): void {
  const refusal = protocolOf(provider.protocol)?.refusal({ kind: 'unauthorized', key }, provider.profile);
  sendText(response, refusal?.status ?? 401, refusal?.body ?? '');
}

function sendText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
