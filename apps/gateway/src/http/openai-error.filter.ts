import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError } from '@trunkline/errors';
import { Logger } from '@trunkline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newCallId } from '../pipeline/new-id.js';
import { dialectOf } from './door.js';
import { asAppError, printError } from './error-reply.js';
import { allowedMethods } from './known-routes.js';
import { breakOff, hasBegun } from './stream-reply.js';

/** Where every error becomes an answer, in the dialect of its door. Errors are logged here and nowhere below. */
@Catch()
export class OpenAiErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const requestId = request.call?.id ?? newCallId();
    // One of ours names what is missing; the framework's knows the path alone.
    const error = thrown instanceof AppError ? thrown : this.refine(asAppError(thrown), request);
    this.log(error, requestId, request);
    if (hasBegun(reply)) {
      // The answer has begun: nothing can be said any more but that it is not whole.
      breakOff(reply);
      return;
    }
    const printed = printError(
      error,
      request.call?.dialect ?? dialectOf(request.url, request.headers),
      requestId,
    );
    if (error.code === 'method_not_allowed')
      void reply.header('allow', allowedMethods(request.url).join(', '));
    void reply.status(printed.status).headers(printed.headers).send(printed.body);
  }

  /** A path that exists for other methods is 405, and an unknown one says which it was. */
  private refine(error: AppError, request: FastifyRequest): AppError {
    if (error.code !== 'not_found') return error;
    const where = `${request.method} ${request.url.split('?', 1)[0]?.slice(0, 200)}`;
    return allowedMethods(request.url).length > 0
      ? new AppError('method_not_allowed', { publicMessage: `Not allowed: ${where}.` })
      : new AppError('not_found', { publicMessage: `Unknown request URL: ${where}.` });
  }

  private log(error: AppError, requestId: string, request: FastifyRequest): void {
    if (error.code === 'client_left') return;
    const fields = {
      requestId,
      code: error.code,
      status: error.status,
      url: request.url.slice(0, 200),
      ...error.details,
    };
    if (error.entry.owner === 'platform')
      this.logger.error(error.message, { ...fields, error: error.cause ?? error });
    else this.logger.debug(error.message, fields);
  }
}
