import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import type { TakeAnswer, TakeCommand, WalletState } from '@trunkline/wallet-state';
import { GatewayConfig } from '../config/environment.js';
import { type AdmitInput, Admission, type AdmitResult, type LimitState } from '../pipeline/ports.js';
import { NodeSpools } from '../usage/spool/node-spools.js';
import type { Draw } from './allowances.js';
import { forecastCall, tokensWithin, UNLIMITED_OUTPUT_TOKENS } from './forecast-call.js';
import { LeaseBook } from './lease-book.js';
import { limitMetrics } from './limit-metrics.js';
import { budgetsOf, scopesOf } from './limits-of.js';
import { LocalRates } from './request-rates.js';
import { WalletLoader } from './wallet-loader.js';
import { WalletRedis } from './wallet-redis.js';
import { WalletStandings } from './wallet-standings.js';

/** So long after it was loaded, a wallet may lack what other gateways have not sent yet. */
const SETTLING_MS = 2_000;
/** A wallet that nobody here knows has no allowance: so long its first call waits for Redis and Postgres. */
const FIRST_CALL_MS = 2_000;
const FIRST_PAUSE_MS = 50;
/** Calls that may wait for one of the two; more are refused. */
const MAX_WAITING = 1_000;

type Admitted = Extract<TakeAnswer, { kind: 'admitted' }>;
type Refused = Extract<AdmitResult, { kind: 'refused' }>;

const NO_LIMITS: LimitState = { limitRequests: null, remainingRequests: null, resetRequestsMs: null };

/** Admits calls: one script in Redis, and a local allowance where Redis cannot be asked. */
@Injectable()
export class RedisAdmission extends Admission {
  private readonly rates: LocalRates;
  private waiting = 0;

  constructor(
    config: GatewayConfig,
    private readonly redis: WalletRedis,
    private readonly book: LeaseBook,
    private readonly loader: WalletLoader,
    private readonly spools: NodeSpools,
    private readonly standings: WalletStandings,
    private readonly logger: Logger,
  ) {
    super();
    this.rates = new LocalRates(config.node.processes);
    redis.onHealthy(() => this.rates.clear());
  }

  override async admit(input: AdmitInput): Promise<AdmitResult> {
    if (this.spools.own.broken) return this.refuse(unavailable(1_000));
    const result = await this.decide(input, takeCommand(input, this.spools.own.id, this.book));
    if (result.kind === 'refused') return this.refuse(result);
    // What is dispatched must be known to whoever takes the spool over.
    await this.spools.own.append(input.begun).written;
    return result;
  }

  override notReady(): string[] {
    // Neither Redis nor Postgres has to be there: calls are admitted on allowances.
    return [];
  }

  /** What was slow or broken once is asked again where there is nothing else to go by, and nowhere else. */
  private async decide(input: AdmitInput, command: TakeCommand): Promise<AdmitResult> {
    const untilMs = Math.min(Date.now() + FIRST_CALL_MS, input.untilMs ?? Number.POSITIVE_INFINITY);
    let pauseMs = FIRST_PAUSE_MS;
    let decided = await this.decideOnce(input, command, null);
    while (!decided && this.redis.healthy && Date.now() + pauseMs < untilMs) {
      if (!(await this.pause(pauseMs))) break;
      pauseMs *= 2;
      decided = await this.decideOnce(input, command, untilMs);
    }
    return decided ?? this.cancelled(input, 2_000);
  }

  /**
   * @param untilMs of a call that asks again; null for the first time
   * @returns null where neither Redis, nor Postgres, nor an allowance can say
   */
  private async decideOnce(
    input: AdmitInput,
    command: TakeCommand,
    untilMs: number | null,
  ): Promise<AdmitResult | null> {
    for (let tries = 0; tries < 3; tries++) {
      const answer = await this.take(input, command, untilMs);
      if (!answer) break;
      if (answer.kind === 'refused') {
        const { limit, remaining, resetMs } = answer.rate;
        const limits = { limitRequests: limit, remainingRequests: remaining, resetRequestsMs: resetMs };
        return { kind: 'refused', reason: answer.reason, retryAfterMs: answer.retryAfterMs, limits };
      }
      if (answer.kind === 'admitted') {
        const settlingMs = SETTLING_MS - (answer.nowMs - answer.loadedAtMs);
        if (settlingMs <= 0) return this.admitted(input, command, answer, null);
        const draw = this.draw(input, command);
        if (draw) return this.admitted(input, command, answer, draw);
        if (!(await this.waitUntilSettled(input, settlingMs))) return unavailable(settlingMs);
      } else if (!(await this.loader.load(this.walletId(input), { loadedAtMs: 0, nowMs: answer.nowMs }))) {
        break;
      }
    }
    return this.admitLocally(input, command);
  }

  /** Null when Redis is away or slow. */
  private async take(
    input: AdmitInput,
    command: TakeCommand,
    untilMs: number | null,
  ): Promise<TakeAnswer | null> {
    if (!this.redis.healthy) return null;
    const walletId = this.walletId(input);
    const asking = (state: WalletState): Promise<TakeAnswer> => state.take(walletId, command);
    try {
      const answer = await (untilMs === null
        ? this.redis.ask(asking)
        : this.redis.askAgain(asking, Math.max(1, untilMs - Date.now())));
      if (answer.kind !== 'not_loaded') this.standings.heard(walletId, answer);
      if (answer.kind === 'admitted') this.noteFree(walletId, command, answer);
      return answer;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      this.logger.debug('Redis was not asked', { error });
      return null;
    }
  }

  private admitted(
    input: AdmitInput,
    command: TakeCommand,
    answer: Admitted,
    draw: Draw | null,
  ): AdmitResult {
    const lease = this.book.open({
      callId: input.callId,
      walletId: this.walletId(input),
      owner: command.owner,
      holdNanoUsd: answer.holdNanoUsd,
      worstNanoUsd: answer.worstNanoUsd,
      scopes: command.scopes,
      budgets: command.budgets,
      historyKey: input.historyKey,
      draw,
    });
    const { limit, remaining, resetMs } = answer.rate;
    return {
      kind: 'admitted',
      lease,
      limits: { limitRequests: limit, remainingRequests: remaining, resetRequestsMs: resetMs },
      outputTokenLimit: cutTokens(input, command, answer),
    };
  }

  /** Null for a wallet that is not known here, and so has no allowance. */
  private admitLocally(input: AdmitInput, command: TakeCommand): AdmitResult | null {
    const walletId = this.walletId(input);
    const nowMs = Date.now();
    if (!this.book.allowances.knows(walletId, nowMs)) return null;
    if (!this.rates.admit(command.scopes, (id) => this.book.openOf(id), nowMs))
      return this.cancelled(input, 1_000);
    const draw = this.draw(input, command);
    if (!draw) return this.cancelled(input, 2_000);
    limitMetrics.allowanceCalls.inc();
    const lease = this.book.open({
      callId: input.callId,
      walletId,
      owner: command.owner,
      holdNanoUsd: command.forecastNanoUsd,
      worstNanoUsd: command.worstNanoUsd,
      scopes: command.scopes,
      budgets: command.budgets,
      historyKey: input.historyKey,
      draw,
    });
    return { kind: 'admitted', lease, limits: NO_LIMITS, outputTokenLimit: null };
  }

  private draw(input: AdmitInput, command: TakeCommand): Draw | null {
    return this.book.allowances.draw(
      this.walletId(input),
      accountsOf(this.walletId(input), command),
      command.forecastNanoUsd,
      Date.now(),
    );
  }

  /** The call's own lease goes meanwhile: it was taken on a sum that is not known to be right. */
  private async waitUntilSettled(input: AdmitInput, settlingMs: number): Promise<boolean> {
    this.cancel(input);
    return this.pause(settlingMs + 5);
  }

  /** False where too many wait already. */
  private async pause(ms: number): Promise<boolean> {
    if (this.waiting >= MAX_WAITING) return false;
    this.waiting += 1;
    await sleep(ms);
    this.waiting -= 1;
    return true;
  }

  private cancelled(input: AdmitInput, retryAfterMs: number): Refused {
    this.cancel(input);
    return unavailable(retryAfterMs);
  }

  /** A take that was late may have held something. Where this is not heard either, the sweeper releases it. */
  private cancel(input: AdmitInput): void {
    this.redis.background.cancel(this.walletId(input), input.callId).catch((error: unknown) => {
      this.logger.debug('a lease was not cancelled', { error });
    });
  }

  private noteFree(walletId: string, command: TakeCommand, answer: Admitted): void {
    const free: [string, bigint][] = [[walletId, answer.freeNanoUsd]];
    for (const [n, budget] of command.budgets.entries()) {
      free.push([`${budget.id}:${budget.periodStartMs}`, answer.budgetsFreeNanoUsd[n] ?? 0n]);
    }
    this.book.allowances.note(walletId, free, Date.now());
  }

  private walletId(input: AdmitInput): string {
    return input.principal.organization.walletId;
  }

  private refuse(refused: Refused): Refused {
    limitMetrics.refusals.inc({ reason: refused.reason });
    return refused;
  }
}

function takeCommand(input: AdmitInput, owner: string, book: LeaseBook): TakeCommand {
  const forecast = forecastCall(input, book.history.expected(input.historyKey));
  return {
    leaseId: input.callId,
    owner,
    ...forecast,
    scopes: scopesOf(input.principal),
    budgets: budgetsOf(input.principal, Date.now()),
  };
}

/** A hold that is the worst case bounds the answer: what limit has to go upstream for that. */
function cutTokens(input: AdmitInput, command: TakeCommand, answer: Admitted): number | null {
  if (answer.cut) return tokensWithin(input, answer.holdNanoUsd);
  const isBounded = input.outputTokenLimit !== null || answer.holdNanoUsd < command.worstNanoUsd;
  return isBounded ? null : UNLIMITED_OUTPUT_TOKENS;
}

function accountsOf(walletId: string, command: TakeCommand): string[] {
  return [walletId, ...command.budgets.map(({ id, periodStartMs }) => `${id}:${periodStartMs}`)];
}

function unavailable(retryAfterMs: number): Refused {
  return { kind: 'refused', reason: 'unavailable', retryAfterMs, limits: NO_LIMITS };
}
