import { Injectable } from '@nestjs/common';
import { AppError } from '@trunkline/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { systemClock } from '../failover/clock.js';
import { GatewayMetrics } from '../observability/gateway-metrics.js';
import { Projections } from '../pipeline/ports.js';
import { authenticate } from '../pipeline/stages/authenticate.js';
import { identify } from '../pipeline/stages/identify.js';
import { BodyBudget } from './body-budget.js';
import { dialectOf } from './door.js';
import { readForm } from './forms/read-form.js';
import { readBody } from './read-body.js';
import { RunningRequests } from './running-requests.js';
import { closeAfterwards, onReplyClosed } from './stream-reply.js';

/**
 * What runs before Nest sees a request. Authentication is a hook and no guard, since guards run after the body was
 * read: an unknown client's malformed body would be told 400, and its bytes be held.
 */
@Injectable()
export class RequestHooks {
  constructor(
    private readonly projections: Projections,
    private readonly budget: BodyBudget,
    private readonly running: RunningRequests,
    private readonly metrics: GatewayMetrics,
  ) {}

  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('call', null);
    fastify.addHook('onRequest', (request, reply, done) => this.begin(request, reply, done));
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage, done) => {
      if (!request.call) return done(new AppError('internal_error'));
      const problem = bodyProblem(request);
      if (problem) return done(problem);
      if (isForm(request)) {
        readForm(payload, request.call, this.budget).then((form) => done(null, form), done);
        return;
      }
      readBody(payload, request.call, this.budget, done);
    });
  }

  private begin(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    this.metrics.requestBegan();
    this.running.began();
    onReplyClosed(reply, ({ isWhole, status }) => this.end(request, isWhole, status));
    try {
      // The route's own path: the URL may be written otherwise, with doubled slashes or encoded letters.
      const dialect = dialectOf(request.routeOptions.url ?? request.url, request.headers);
      request.call = identify(request.headers, dialect, systemClock);
      void reply.header('x-request-id', request.call.id);
      this.running.identified(request.call);
      if (this.running.isDraining) closeAfterwards(reply);
      if (request.routeOptions.config.needsKey !== true) return done();
      const principal = authenticate(this.projections, request.headers, request.call.beganMs);
      const { call } = request;
      if (!(principal instanceof Promise)) {
        call.principal = principal;
        return done();
      }
      principal.then(
        (found) => {
          call.principal = found;
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The answer is out, or its client is gone. */
  private end(request: FastifyRequest, isWhole: boolean, status: number): void {
    this.running.ended(request.call);
    this.metrics.requestEnded(request.routeOptions.url ?? 'none', status);
    const { call } = request;
    if (!call) return;
    this.budget.give(call.heldBodyBytes);
    call.heldBodyBytes = 0;
    if (!isWhole) call.cancellation.cancel();
    // Behind the cancellation: nobody reads the request's files any more.
    call.ended();
  }
}

/** `application/json`, with whatever parameters, or no type at all. */
function bodyProblem(request: FastifyRequest): AppError | null {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return new AppError('unsupported_media_type', {
      publicMessage: 'Compressed request bodies are not supported.',
    });
  }
  const type = mediaType(request);
  if (request.routeOptions.config.takesForm) return isForm(request) ? null : wantsForm(type);
  if (type === '' || type === 'application/json' || type.endsWith('+json')) return null;
  return new AppError('unsupported_media_type', {
    publicMessage: `The content type must be application/json, not '${type.slice(0, 80)}'.`,
  });
}

function wantsForm(type: string): AppError {
  return new AppError('unsupported_media_type', {
    publicMessage: `The content type must be multipart/form-data, not '${type.slice(0, 80)}'.`,
  });
}

/** Where the route takes one. */
function isForm(request: FastifyRequest): boolean {
  return request.routeOptions.config.takesForm === true && mediaType(request) === 'multipart/form-data';
}

function mediaType(request: FastifyRequest): string {
  const said = request.headers['content-type'];
  if (said === undefined || said === 'application/json') return said ?? '';
  return said.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
