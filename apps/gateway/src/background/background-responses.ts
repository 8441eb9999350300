import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CallId } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import { callOfBackgroundId } from '../doors/responses/background-id.js';
import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { Principal } from '../pipeline/ports.js';
import { BackgroundRunner } from './background-runner.js';
import { BackgroundStore, type BackgroundWishWord } from './background-store.js';
import { responseOf } from './response-of.js';
import { isRunning } from './response-status.js';

/** Who asked for an end waits for it: as long as a process may be silent, and a bit. */
const END_WAIT_MS = 20_000;
const END_POLL_MS = 20;

export type BackgroundFinding =
  | { readonly kind: 'found'; readonly callId: CallId; readonly response: JsonObject }
  /** Not one of the background, another project's, or one that ended a while ago: ask where responses are stored. */
  | { readonly kind: 'unknown' }
  /** Redis is away. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'deleted' };

/** Responses of the background as their clients ask for them, whichever process runs them. */
@Injectable()
export class BackgroundResponses {
  constructor(
    private readonly runner: BackgroundRunner,
    private readonly store: BackgroundStore,
  ) {}

  /** The response as it stands. Ids of others cost nothing. */
  async find({ project }: Principal, responseId: string): Promise<BackgroundFinding> {
    const callId = callOfBackgroundId(responseId);
    if (callId === null) return { kind: 'unknown' };
    const own = this.runner.find(callId);
    if (own?.names.projectId === project.id) return { kind: 'found', callId, response: own.sink.response };
    const reading = await this.store.read(callId, 0).catch(() => 'unavailable' as const);
    if (reading === 'unavailable') return { kind: 'unavailable' };
    if (reading?.projectId !== project.id) return { kind: 'unknown' };
    if (reading.status === 'deleted') return { kind: 'deleted' };
    return { kind: 'found', callId, response: responseOf(reading) };
  }

  /**
   * Has a response ended that still runs, and waits until it has. One that has ended stays as it is.
   * @throws AppError 503 when its process does not answer
   */
  async end(principal: Principal, responseId: string, word: BackgroundWishWord): Promise<BackgroundFinding> {
    const found = await this.find(principal, responseId);
    if (found.kind !== 'found' || !isRunning(found.response['status'])) return found;
    const own = this.runner.find(found.callId);
    if (own) own.heard(word);
    else await this.store.wish(found.callId, word).catch(() => undefined);
    const untilMs = Date.now() + END_WAIT_MS;
    for (let now = found; Date.now() < untilMs;) {
      if (!isRunning(now.response['status'])) return now;
      await sleep(END_POLL_MS);
      const next = await this.find(principal, responseId);
      if (next.kind !== 'found') return next;
      now = next;
    }
    throw new AppError('service_unavailable', { retryAfterMs: 2_000 });
  }

  /** Forgets one that has ended. */
  async forget({ organization, project }: Principal, callId: CallId): Promise<void> {
    await this.store.forget({ callId, organizationId: organization.id, projectId: project.id });
  }
}
