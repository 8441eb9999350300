import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { CallId } from '@trunkline/contracts';
import { AppError, openAiErrorBody } from '@trunkline/errors';
import { Logger } from '@trunkline/observability';
import type { RedisChannel } from '../channels/redis-channel.js';
import { GatewayConfig } from '../config/environment.js';
import type { BackgroundWish } from '../doors/chat-door.js';
import { ResponseStore } from '../doors/responses/response-store.js';
import { BodyBudget } from '../http/body-budget.js';
import { asAppError } from '../http/error-reply.js';
import { RunningRequests } from '../http/running-requests.js';
import { type AnswerableCall, ChatPipeline, type PlannedCall } from '../pipeline/pipeline.js';
import { BackgroundPlaces } from './background-places.js';
import { BackgroundStore } from './background-store.js';
import { RunningResponse } from './running-response.js';
import { hearWishes } from './wish-channel.js';

/** A third of the time for which a silent process counts as alive. */
const TOUCH_EVERY_MS = 5_000;

export interface StartedResponse {
  readonly running: RunningResponse;
  readonly limits: AnswerableCall['call']['limits'];
  /** Begins with it; whoever wants to hear all of it listens before. */
  readonly run: () => void;
}

/** Runs responses in the background: the ordinary way of a call, with nobody at its end. */
@Injectable()
export class BackgroundRunner implements OnModuleInit, OnModuleDestroy {
  private readonly running = new Map<CallId, RunningResponse>();
  private readonly places: BackgroundPlaces;
  private channel: RedisChannel | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: GatewayConfig,
    private readonly pipeline: ChatPipeline,
    private readonly store: BackgroundStore,
    private readonly responses: ResponseStore,
    private readonly requests: RunningRequests,
    private readonly budget: BodyBudget,
    private readonly logger: Logger,
  ) {
    this.places = new BackgroundPlaces(config.http.backgroundResponses);
  }

  onModuleInit(): void {
    this.channel = hearWishes(this.config.redisUrl, this.store.owner, (callId, word) =>
      this.running.get(callId)?.heard(word),
    );
    this.timer = setInterval(() => {
      for (const one of this.running.values()) one.touch();
    }, TOUCH_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    this.channel?.close();
    if (this.timer) clearInterval(this.timer);
  }

  /** One that this process runs. */
  find(callId: CallId): RunningResponse | null {
    return this.running.get(callId) ?? null;
  }

  /**
   * Takes a call for good: all processes know of it, and it holds its lease.
   * @throws AppError 402, 429 or 503, with nothing left of it
   */
  async start(planned: PlannedCall, wish: BackgroundWish): Promise<StartedResponse> {
    if (this.requests.isDraining) throw unavailable();
    const { organization, project } = planned.principal;
    const leave = this.places.take(organization.id);
    const context = planned.context.detached();
    const free = () => {
      leave();
      this.budget.give(context.heldBodyBytes);
    };
    const names = { callId: context.id, organizationId: organization.id, projectId: project.id };
    const running = new RunningResponse({ names, begun: wish.begun, context, store: this.store });
    try {
      await running.announce().catch((cause: unknown) => {
        throw unavailable(cause);
      });
      const admitted = await this.pipeline.admit({ ...planned, context }).catch((error: unknown) => {
        void this.store.forget(names).catch(() => undefined);
        throw error;
      });
      this.running.set(context.id, running);
      this.requests.began();
      this.responses.keepBegun(planned.principal, context.id, wish.begun);
      const run = () => void this.run(running, admitted).finally(free);
      return { running, limits: admitted.call.limits, run };
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Ends what still runs, since the process has to. Nothing of it is charged. */
  endAll(): void {
    for (const one of this.running.values()) one.end('gateway_lost');
  }

  private async run(running: RunningResponse, call: AnswerableCall): Promise<void> {
    const { id } = call.context;
    try {
      running.sink.started();
      await this.pipeline.answer(call, running.sink).catch((thrown: unknown) => this.failed(running, thrown));
      const { response } = await running.conclude();
      if (!running.isDeleted)
        this.responses.keep(call.principal, id, { items: running.begun.items, response });
    } catch (error) {
      this.logger.error('a response in the background was left without an end', { requestId: id, error });
    }
    this.running.delete(id);
    this.requests.ended(null);
  }

  private failed(running: RunningResponse, thrown: unknown): void {
    const error = asAppError(thrown);
    // Its client has ended it, before there was anything.
    if (error.code === 'client_left') return;
    if (error.entry.owner === 'platform' && error.code !== 'gateway_lost')
      this.logger.error(error.message, { requestId: running.names.callId, error: error.cause ?? error });
    running.fail(error, openAiErrorBody(error));
  }
}

function unavailable(cause?: unknown): AppError {
  return new AppError('service_unavailable', {
    publicMessage: 'Responses cannot be taken into the background at the moment.',
    retryAfterMs: 2_000,
    ...(cause === undefined ? {} : { cause }),
  });
}
