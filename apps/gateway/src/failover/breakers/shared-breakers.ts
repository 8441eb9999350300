import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BREAKERS_KEY, printOpeningFacts, readSharedOpening, type SharedOpening } from '@trunkline/contracts';
import { backgroundRedisOptions, connectWalletRedis } from '@trunkline/wallet-state';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Opening } from './breaker.js';

/** Off the request path: a Redis that takes longer counts as away. */
const COMMAND_MS = 500;
/** How long the right to probe outlives its process. */
const RIGHT_MS = 3_000;

/** What this process tells of a breaker: it opened, it closed what had been opened under that id, or it has cooled. */
export type Told =
  | { readonly name: string; readonly change: 'open'; readonly opening: Opening; readonly id: string }
  | { readonly name: string; readonly change: 'close'; readonly id: string }
  | { readonly name: string; readonly change: 'expire' };

export interface SharedReading {
  readonly epoch: string;
  readonly version: number;
  /** Redis' time, Unix milliseconds. */
  readonly nowMs: number;
  readonly openings: ReadonlyMap<string, SharedOpening>;
}

const answer = z.union([
  z.tuple([]),
  z.tuple([z.string(), z.coerce.number(), z.coerce.number(), z.array(z.string())]),
]);

const script = (name: string) => readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');

/** The open breakers of the whole fleet, in Redis. Every method rejects while that is away or slow. */
export class SharedBreakers {
  private readonly process = randomUUID();
  private readonly redis: Redis;
  private readonly changeScript = script('change');
  private readonly readScript = script('read');
  private readonly claimScript = script('claim');

  constructor(redisUrl: string) {
    const options = { ...backgroundRedisOptions, commandTimeout: COMMAND_MS, enableAutoPipelining: true };
    this.redis = connectWalletRedis(redisUrl, options, () => undefined);
  }

  async tell(told: readonly Told[], nowMs: number): Promise<void> {
    const values = told.flatMap((one) => this.printed(one, nowMs));
    await this.redis.eval(this.changeScript, 1, BREAKERS_KEY, randomUUID(), ...values);
  }

  /** @returns null when nothing has changed since `seen` */
  async read(seen: { epoch: string; version: number } | null): Promise<SharedReading | null> {
    const last = seen ? `${seen.epoch} ${seen.version}` : '';
    const parsed = answer.parse(await this.redis.eval(this.readScript, 1, BREAKERS_KEY, last));
    if (parsed.length === 0) return null;
    const [epoch, version, nowMs, fields] = parsed;
    const openings = new Map<string, SharedOpening>();
    for (let field = 0; field + 1 < fields.length; field += 2) {
      const opening = readSharedOpening(fields[field + 1] ?? '');
      if (opening) openings.set(fields[field] ?? '', opening);
    }
    return { epoch, version, nowMs, openings };
  }

  /** @param busy this process has, or just had, a call that tries or could */
  async claim(name: string, busy: boolean): Promise<boolean> {
    const keys = [`trunkline:probe:{${name}}`, `trunkline:probe-wanted:{${name}}`];
    const given = await this.redis.eval(
      this.claimScript,
      2,
      ...keys,
      this.process,
      RIGHT_MS,
      busy ? '1' : '0',
    );
    return given === 1;
  }

  close(): void {
    this.redis.disconnect();
  }

  private printed(told: Told, nowMs: number): string[] {
    const whole = (ms: number) => Math.max(0, Math.round(ms)).toString();
    if (told.change === 'close') return [told.name, 'close', '0', '0', told.id];
    if (told.change === 'expire') return [told.name, 'expire', '0', '0', ''];
    const { cause, detail, times, sinceMs, untilMs } = told.opening;
    const facts = printOpeningFacts({ id: told.id, cause, detail, times });
    return [told.name, 'open', whole(nowMs - sinceMs), whole(untilMs - nowMs), facts];
  }
}
