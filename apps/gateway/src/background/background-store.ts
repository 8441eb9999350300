import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { CallId } from '@trunkline/contracts';
import { type MasterKeys, readMasterKeys } from '@trunkline/secrets';
import { backgroundRedisOptions, connectWalletRedis } from '@trunkline/wallet-state';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { GatewayConfig } from '../config/environment.js';
import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { EndedStatus, RunningStatus } from './response-status.js';
import { openJson, sealJson } from './sealed.js';

/** How long a process counts as alive that says nothing of a response it runs. */
const ALIVE_MS = 15_000;
/** How long a response and its events can be asked for here once it has ended. What is kept longer is in Postgres. */
const KEPT_MS = 600_000;

/** Events that go together, by the number of the first of them. */
export interface EventChunk {
  readonly first: number;
  readonly frames: readonly string[];
}

export interface BackgroundOwner {
  readonly callId: CallId;
  readonly organizationId: string;
  readonly projectId: string;
}

/** What its process writes of a response. */
export interface BackgroundWriting extends BackgroundOwner {
  readonly status: RunningStatus | EndedStatus;
  /** Null where it was written before. */
  readonly begun: JsonObject | null;
  /** Null as long as it runs. */
  readonly response: JsonObject | null;
  /** No more events are kept: there are too many. */
  readonly isFull: boolean;
  /** How many chunks were written before. */
  readonly chunksBefore: number;
  readonly chunks: readonly EventChunk[];
}

export type BackgroundWishWord = 'cancel' | 'delete';

export interface BackgroundReading {
  readonly organizationId: string;
  readonly projectId: string;
  readonly status: RunningStatus | EndedStatus | 'deleted';
  /** Its process is gone. */
  readonly isLost: boolean;
  readonly isFull: boolean;
  readonly begun: JsonObject;
  readonly response: JsonObject | null;
  readonly chunks: readonly EventChunk[];
}

const STATUSES = [
  'queued',
  'in_progress',
  'completed',
  'failed',
  'incomplete',
  'cancelled',
  'deleted',
] as const;
const written = z.tuple([z.enum([...STATUSES, 'unknown']), z.enum(['', 'cancel', 'delete'])]);
const reading = z.union([
  z.tuple([]),
  z.tuple([
    z.string(),
    z.string(),
    z.enum(STATUSES),
    z.string(),
    z.string(),
    z.string(),
    z.string(),
    z.array(z.string()),
  ]),
]);

const script = (name: string) => readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');

/** Responses that run in the background, where every process finds them: in Redis. All of it rejects while that is away. */
@Injectable()
export class BackgroundStore implements OnModuleDestroy {
  /** This process, as it is told others. */
  readonly owner = randomUUID();
  private readonly keys: MasterKeys;
  private readonly redis: Redis;
  private readonly writeScript = script('write');
  private readonly readScript = script('read');
  private readonly wishScript = script('wish');

  constructor(config: GatewayConfig) {
    this.keys = readMasterKeys(config.masterKey);
    const options = { ...backgroundRedisOptions, enableAutoPipelining: true };
    this.redis = connectWalletRedis(config.redisUrl, options, () => undefined);
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }

  /** @returns the status it has now; another than was written where it has ended, and `unknown` where Redis forgot it */
  async write(one: BackgroundWriting): Promise<z.infer<typeof written>> {
    const { callId, begun, response, chunksBefore } = one;
    const chunks = one.chunks.map((chunk, index) =>
      sealJson(chunk, this.keys, `${callId}:events:${chunksBefore + index}`),
    );
    const answer = await this.redis.eval(
      this.writeScript,
      2,
      ...keysOf(callId),
      one.organizationId,
      one.projectId,
      this.owner,
      one.status,
      begun ? sealJson(begun, this.keys, `${callId}:begun`) : '',
      response ? sealJson(response, this.keys, `${callId}:ended`) : '',
      one.isFull ? '1' : '0',
      ALIVE_MS,
      KEPT_MS,
      chunksBefore,
      ...chunks,
    );
    return written.parse(answer);
  }

  /** @param fromChunk position of the first chunk that is asked for @returns null when nothing is known of it */
  async read(callId: CallId, fromChunk: number): Promise<BackgroundReading | null> {
    const answer = reading.parse(await this.redis.eval(this.readScript, 2, ...keysOf(callId), fromChunk));
    if (answer.length === 0) return null;
    const [organizationId, projectId, status, lost, full, begun, response, chunks] = answer;
    // Guarantee: a gateway sealed them, for this very place.
    const opened = (sealed: string, place: string) => openJson(sealed, this.keys, `${callId}:${place}`);
    return {
      organizationId,
      projectId,
      status,
      isLost: lost === '1',
      isFull: full === '1',
      begun: begun === '' ? {} : (opened(begun, 'begun') as JsonObject),
      response: response === '' ? null : (opened(response, 'ended') as JsonObject),
      chunks: chunks.map((chunk, index) => opened(chunk, `events:${fromChunk + index}`) as EventChunk),
    };
  }

  /** Asks whoever runs it to end it. It hears of it at once, or else with its next sign of life. */
  async wish(callId: CallId, word: BackgroundWishWord): Promise<void> {
    const [key] = keysOf(callId);
    const owner = z.string().parse(await this.redis.eval(this.wishScript, 1, key, word));
    if (owner !== '') await this.redis.publish(channelOf(owner), JSON.stringify({ callId, word }));
  }

  /** Forgets all of it but that it was deleted. */
  async forget({ callId, organizationId, projectId }: BackgroundOwner): Promise<void> {
    const [key, events] = keysOf(callId);
    await this.redis
      .multi()
      .del(key, events)
      .hset(key, { organization: organizationId, project: projectId, status: 'deleted' })
      .pexpire(key, KEPT_MS)
      .exec();
  }
}

/** Where a process hears what clients wish of responses that it runs. */
export function channelOf(owner: string): string {
  return `trunkline:background:wishes:${owner}`;
}

function keysOf(callId: CallId): [key: string, events: string] {
  const key = `trunkline:background:{${callId}}`;
  return [key, `${key}:events`];
}
