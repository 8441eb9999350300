import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from '@trunkline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { AppModule } from './app.module.js';
import type { ControlPlaneConfig } from './config/environment.js';
import { Database } from './database/database.module.js';
import { NestLogger } from './config/nest-logger.js';
import { errorEnvelope } from './http/error-envelope.js';
import { mountPlainRoutes } from './http/health.js';
import { measureRequests } from './http/request-metrics.js';
import { ErrorFilter } from './http/error.filter.js';
import { applyRequestRules, SECURITY_HEADERS } from './http/request-rules.js';
import { validationPipe } from './http/validation.js';
import { mountGatewayRoutes } from './modules/gateway-requests/index.js';
import { mountAuthRoutes, SignIn, trustedOrigins } from './modules/sign-in/index.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** Builds the HTTP application, ready to listen or to be injected into. */
export async function createApp(config: ControlPlaneConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => uuidv7(),
    trustProxy: [...config.http.trustedProxies],
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = errorEnvelope(error, request.id, app.get(Logger));
      // No hook runs for what has no route.
      void reply
        .headers({ ...SECURITY_HEADERS, 'x-request-id': request.id })
        .status(status)
        .send(body);
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    // Fastify's own reader of JSON, and no other: forms are what other sites' pages can send unasked.
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(new NestLogger(logger));
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ErrorFilter(logger));
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  applyRequestRules(fastify, trustedOrigins(config));
  measureRequests(fastify);
  mountPlainRoutes(fastify, app.get(Database).client);
  mountGatewayRoutes(fastify, app.get(Database).client, config.masterKeys);
  mountAuthRoutes(fastify, app.get(SignIn), config.urls.dashboard);
  await app.init();
  await fastify.ready();
  return app;
}
