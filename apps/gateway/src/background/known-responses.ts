import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError } from '@trunkline/errors';
import type { JsonObject } from '../doors/responses/print/response-object.js';
import { ResponseStore } from '../doors/responses/response-store.js';
import type { Principal } from '../pipeline/ports.js';
import { BackgroundResponses } from './background-responses.js';
import { isRunning, lostResponse } from './response-status.js';

/** What is on its way to where responses are stored has arrived by then. */
const ON_ITS_WAY_MS = 5_000;

/** Responses of the caller's project, wherever they stand: with who runs them, in Redis, or stored. */
@Injectable()
export class KnownResponses {
  constructor(
    private readonly background: BackgroundResponses,
    private readonly store: ResponseStore,
  ) {}

  /** @throws AppError 404, or 503 where it cannot be known */
  async find(principal: Principal, id: string): Promise<JsonObject> {
    const found = await this.background.find(principal, id);
    if (found.kind === 'found') return found.response;
    if (found.kind === 'deleted')
      throw new AppError('not_found', { publicMessage: 'There is no such response.' });
    const { response } = await this.store.find(principal, id);
    if (!isRunning(response['status'])) return response;
    // What it began with, and nobody knows of its end.
    if (found.kind === 'unavailable') throw new AppError('service_unavailable', { retryAfterMs: 2_000 });
    return lostResponse(response);
  }

  /** Ends one that runs in the background; one that has ended stays as it is. @throws AppError 400 for any other */
  async cancel(principal: Principal, id: string): Promise<JsonObject> {
    const ended = await this.background.end(principal, id, 'cancel');
    const response = ended.kind === 'found' ? ended.response : await this.find(principal, id);
    if (response['background'] === true) return response;
    throw new AppError('invalid_request', {
      publicMessage: 'Only responses that are given in the background can be cancelled.',
    });
  }

  /** Ends it if it runs. @returns what the client is told, JSON */
  async remove(principal: Principal, id: string): Promise<string> {
    const ended = await this.background.end(principal, id, 'delete');
    if (ended.kind === 'unavailable') throw new AppError('service_unavailable', { retryAfterMs: 2_000 });
    if (ended.kind !== 'found') return this.store.delete(principal, id);
    await this.background.forget(principal, ended.callId);
    void this.removeLate(principal, id);
    return this.store.delete(principal, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found')
        return JSON.stringify({ id, object: 'response', deleted: true });
      throw error;
    });
  }

  /** It had ended a moment ago: how may have been stored only after it was deleted there. */
  private async removeLate(principal: Principal, id: string): Promise<void> {
    await sleep(ON_ITS_WAY_MS, undefined, { ref: false });
    await this.store.delete(principal, id).catch(() => undefined);
  }
}
