import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorEnvelope } from './error-envelope.js';

/** Every error that a route throws leaves through here. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { status, body } = errorEnvelope(thrown, request.id, this.logger);
    if (status === 503 || status === 429) void reply.header('retry-after', '2');
    void reply.status(status).send(body);
  }
}
