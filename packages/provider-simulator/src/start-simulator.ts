import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlOf, type SimulatorControl } from './control/control.js';
import { routeRequest } from './http/route-request.js';
import { sendJson } from './http/send-json.js';
import { type OffersDocument, parseOffers } from './providers/offers.js';
import type { Pace } from './providers/pace.js';
import type { ProviderKeys } from './providers/provider-keys.js';
import { Simulator } from './simulator.js';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Token of the control API; without one that API does not exist. */
  readonly token?: string;
  /** Without offers every provider offers every model. */
  readonly offers?: OffersDocument;
  readonly keys?: ProviderKeys;
  /** Milliseconds that override every provider's own pace. */
  readonly pace?: Partial<Pace>;
}

export interface RunningSimulator {
  /** Without a slash at its end; a provider's base URL is `<url>/p/<providerId>`. */
  readonly url: string;
  readonly port: number;
  readonly control: SimulatorControl;
  /** Stops at once; open calls are cut. */
  close(): Promise<void>;
}

const HEADER_BYTES = 64 * 1024;
const IDLE_MS = 120_000;
const BACKLOG = 4_096;

/** Starts a simulator in this process. @throws Error when the offers are wrong or the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', token, offers, keys = {}, pace = {} } = options;
  const simulator = new Simulator(offers === undefined ? undefined : parseOffers(offers), keys, pace);
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES, keepAliveTimeout: IDLE_MS, requestTimeout: 0 },
    (request, response) => {
      routeRequest(simulator, token, request, response).catch((error: unknown) => {
        process.stderr.write(
          `simulator: a request failed: ${error instanceof Error ? error.stack : String(error)}\n`,
        );
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: { message: 'The simulator itself failed; see its log' } });
      });
    },
  );
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, BACKLOG, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    control: controlOf(simulator),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
