import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger, watchProcess } from '@trunkline/observability';
import { loadTokenizer } from '@trunkline/tokens';
import { AdminServer } from './admin/admin-server.js';
import { AppModule } from './app.module.js';
import { BackgroundRunner } from './background/background-runner.js';
import type { GatewayConfig } from './config/environment.js';
import { createFastifyAdapter } from './http/fastify-adapter.js';
import { RequestHooks } from './http/request-hooks.js';
import { RunningRequests } from './http/running-requests.js';
import { NestLog } from './observability/nest-log.js';
import { Settlement } from './pipeline/ports.js';

/** How long records may take to be shipped once no call is running. They are on disk either way. */
const SHIP_MS = 10_000;
const CLOSE_IDLE_EVERY_MS = 250;
/** Calls that were aborted settle within this time. */
const ABORT_SETTLE_MS = 5_000;

export interface RunningGateway {
  readonly port: number;
  readonly adminPort: number;
  /** Ends well: takes no more calls, lets the running ones finish, ships what was settled. */
  stop(): Promise<void>;
}

/**
 * Connections that may wait to be accepted; the system may bound it lower. Of thousands of clients that come at once, as
 * after a neighbour's end, those past Node's 511 would have to knock again a second later.
 */
const BACKLOG = 4_096;

/** Starts a gateway process. */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  watchProcess();
  // Half a second in which nothing else runs: now, and not at the first stream that its client leaves.
  loadTokenizer();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), createFastifyAdapter(), {
    bodyParser: false,
    bufferLogs: true,
  });
  const logger = app.get(Logger);
  app.useLogger(new NestLog(logger));
  app.get(RequestHooks).install(app.getHttpAdapter().getInstance());
  const { bind, port } = config.http;
  // Fastify hands its options to `server.listen`, which knows `reusePort`: several processes own the port.
  const where = { port, host: bind, backlog: BACKLOG, reusePort: config.node.processes > 1 };
  await app.listen(where);
  const server: Server = app.getHttpServer();
  const admin = app.get(AdminServer);
  const { adminPortBase, slot } = config.node;
  const adminPort = await admin.listen(adminPortBase === 0 ? 0 : adminPortBase + slot);
  const listening = (server.address() as AddressInfo).port;
  logger.info('gateway listens', { port: listening, adminPort, bind });
  let stopping: Promise<void> | null = null;
  return { port: listening, adminPort, stop: () => (stopping ??= drain(app, server, config)) };
}

async function drain(app: NestFastifyApplication, server: Server, config: GatewayConfig): Promise<void> {
  const running = app.get(RunningRequests);
  const logger = app.get(Logger);
  running.isDraining = true;
  logger.info('draining', { running: running.running });
  server.close();
  const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  if (!(await running.whenIdle(config.http.drainMs))) {
    logger.warn('aborting what still runs', { running: running.running });
    running.abortAll();
    app.get(BackgroundRunner).endAll();
    await running.whenIdle(ABORT_SETTLE_MS);
  }
  clearInterval(closeIdle);
  await app.get(Settlement).drain(SHIP_MS);
  app.get(AdminServer).close();
  // What is still connected waits for nothing: a client that has sent no request yet counts as busy for Node.
  server.closeAllConnections();
  await app.close();
}
