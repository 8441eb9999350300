import { Injectable } from '@nestjs/common';
import type { FailureOutcome, OpenCause, UpstreamFailure } from '@trunkline/contracts';
import { OUTCOME_RULES, type OutcomeRule } from './attempt-outcome.js';
import { BreakerBook, type NotClosed } from './breakers/breaker-book.js';
import type { BreakerState } from './breakers/breaker.js';
import { isOfAnOutage } from './breakers/entry-outage.js';
import { type Waited, wasFairlyWaitedFor } from './breakers/fair-wait.js';
import { rateLimitDelay } from './breakers/rate-limit-delay.js';
import { RetryBudgets } from './breakers/retry-budgets.js';
import { type TargetRecord, TargetRecords } from './breakers/target-records.js';
import { isTargetOf, scopesOf, type TargetScopes } from './breakers/target-scopes.js';
import { systemClock } from './clock.js';

export { FAILURES_TO_OPEN, type BreakerState } from './breakers/breaker.js';

/** Some providers forbid a request and not its sender by it: what one client sends is not to take the others' way. */
const AMBIGUOUS_STATUS = 403;
const AMBIGUOUS_REFUSALS = 3;

/** An answer that begins, and whether its first token says how fast the target starts. */
export interface BegunAnswer {
  readonly startedMs: number;
  /** Null for answers that come as a whole. */
  readonly firstTokenMs: number | null;
}

/**
 * What this process knows of the health of targets, of the credentials that they use and of the provider entries that
 * they belong to: a target is as healthy as the worst of the three. Nothing here waits for anybody: what other processes
 * know is put into the book from outside, and so are rights to probe.
 */
@Injectable()
export class CircuitBreakers {
  readonly book = new BreakerBook();
  readonly retries = new RetryBudgets();
  private readonly records = new TargetRecords();

  /** The worst of target, credential and entry. While nothing is open, this costs a comparison. */
  stateOf(key: string, nowMs: number): BreakerState {
    if (this.book.allClosed) return 'closed';
    let worst: BreakerState = 'closed';
    // All three are asked: each wants to be tried when its time is over.
    for (const name of this.records.of(key, nowMs).scopes.all) {
      const state = this.book.stateOf(name, nowMs);
      if (state === 'open' || worst === 'closed') worst = state;
    }
    return worst;
  }

  /** The same for who only looks: it does not count as a wish to try. */
  peek(key: string, nowMs: number): BreakerState {
    if (this.book.allClosed) return 'closed';
    const states = scopesOf(key).all.map((name) => this.book.peek(name, nowMs));
    return (
      states.find((state) => state === 'open') ?? states.find((state) => state === 'half_open') ?? 'closed'
    );
  }

  /** The p95 of its time to the first token; null as long as too few streams were measured. */
  usualFirstTokenMs(key: string): number | null {
    return this.records.of(key, systemClock.now()).slow.usualMs;
  }

  /** A call goes to the target. Takes the probes that wait for one. */
  begin(key: string, nowMs: number): void {
    if (this.book.allClosed) return;
    for (const name of this.records.of(key, nowMs).scopes.all) {
      if (this.book.stateOf(name, nowMs) === 'half_open') this.book.known(name)?.probeBegan(nowMs);
    }
  }

  /** An answer of the target begins: it is there again. A slow start is counted. */
  answered(key: string, { startedMs, firstTokenMs }: BegunAnswer, nowMs: number): void {
    const { scopes, slow } = this.records.of(key, nowMs);
    this.records.entryIsAlive(scopes.entry);
    const isSlow = firstTokenMs !== null && slow.note(firstTokenMs - startedMs, nowMs);
    if (!this.book.allClosed) {
      this.alive(scopes.entry, startedMs);
      this.alive(scopes.credential, startedMs);
      const isOpenForThat = this.book.openingOf(scopes.target)?.cause === 'slow_starts';
      if (!isSlow || !isOpenForThat) this.alive(scopes.target, startedMs);
      else if (this.book.known(scopes.target)?.isProbing) this.openForSlowness(scopes.target, nowMs);
    }
    if (!isSlow || !slow.tooMany(nowMs)) return;
    slow.forgetRecent();
    this.openForSlowness(scopes.target, nowMs);
  }

  /** An answer of the target has ended well. */
  succeeded(key: string, nowMs: number = systemClock.now()): void {
    const record = this.records.of(key, nowMs);
    const { target, credential, entry } = record.scopes;
    record.limitsInRow = 0;
    this.book.of(target, nowMs).succeeded(nowMs);
    this.book.known(credential)?.succeeded(nowMs);
    this.book.known(entry)?.succeeded(nowMs);
  }

  /**
   * An attempt has failed. What that says, and of what, follows from its outcome.
   * @param waited of a time-out
   */
  failed(key: string, failure: UpstreamFailure, nowMs: number, waited?: Waited): void {
    const record = this.records.of(key, nowMs);
    if (failure.outcome === 'timeout' && waited && !wasFairlyWaitedFor(waited, record.slow.usualMs))
      return this.released(key, nowMs);
    const { scopes } = record;
    const { breaker }: OutcomeRule = OUTCOME_RULES[failure.outcome];
    switch (breaker) {
      case 'counts':
        this.count(record, failure, nowMs);
        break;
      case 'credential':
        this.refuse(scopes.credential, failure, nowMs);
        this.book.known(scopes.target)?.released();
        break;
      case 'cools':
        record.limitsInRow += 1;
        this.book.known(scopes.target)?.released();
        this.cool(scopes.target, rateLimitDelay(failure.retryAfterMs, record.limitsInRow), failure, nowMs);
        break;
      case 'no':
        this.book.known(scopes.target)?.released();
    }
    this.noteOthers(scopes, failure, nowMs);
  }

  /** The attempt ended without saying anything: waiting probes are free again. */
  released(key: string, nowMs: number = systemClock.now()): void {
    if (this.book.allClosed) return;
    for (const name of this.records.of(key, nowMs).scopes.all) this.book.known(name)?.released();
  }

  /** Every breaker that is not closed. */
  notClosed(nowMs: number): Iterable<NotClosed> {
    return this.book.notClosed(nowMs);
  }

  /** An operator knows better: everything counts as healthy until it fails again. */
  closeAll(): void {
    this.records.clear();
    this.retries.clear();
    for (const name of this.book.openNames()) this.book.close(name);
    this.book.clear();
  }

  /** To be called now and then: memory is for what is in use. @returns names of what has cooled */
  sweep(nowMs: number): string[] {
    this.records.sweep(nowMs);
    this.retries.sweep(nowMs);
    return this.book.sweep(nowMs);
  }

  private refuse(credential: string, { outcome, statusCode }: UpstreamFailure, nowMs: number): void {
    const breaker = this.book.of(credential, nowMs);
    breaker.refusalsInRow += 1;
    const isPlain = statusCode !== AMBIGUOUS_STATUS || breaker.isProbing;
    if (isPlain || breaker.refusalsInRow >= AMBIGUOUS_REFUSALS)
      this.open(credential, 'credential', outcome, nowMs);
  }

  private count(record: TargetRecord, failure: UpstreamFailure, nowMs: number): void {
    const { offerId, target, entry, isUnlisted } = record.scopes;
    const { outcome, retryAfterMs } = failure;
    // A name that a caller has made up says nothing of the others.
    if (isUnlisted && outcome === 'model_unavailable') return this.book.known(target)?.released();
    if (isOfAnOutage(outcome)) {
      if (this.records.outageOf(entry).failedOn(offerId, nowMs)) this.openEntry(entry, outcome, nowMs);
      if (this.book.openingOf(entry)) return this.book.known(target)?.released();
    }
    if (this.book.of(target, nowMs).failed(outcome, nowMs)) this.book.changed(target);
    if (retryAfterMs !== null) this.cool(target, retryAfterMs, failure, nowMs);
  }

  /** One probe of the entry is enough then: its targets are not learned anew one by one. */
  private openEntry(entry: string, outcome: FailureOutcome, nowMs: number): void {
    this.open(entry, 'outage', outcome, nowMs);
    for (const name of this.book.openNames()) if (isTargetOf(name, entry)) this.book.close(name);
  }

  /** What a failure of the target says of its entry and its credential. */
  private noteOthers(scopes: TargetScopes, failure: UpstreamFailure, nowMs: number): void {
    const entry = this.book.known(scopes.entry);
    const credential = this.book.known(scopes.credential);
    const isOfCredential = OUTCOME_RULES[failure.outcome].breaker === 'credential';
    if (isOfAnOutage(failure.outcome)) {
      if (entry?.isProbing) this.open(scopes.entry, 'outage', failure.outcome, nowMs);
      credential?.released();
    } else if (failure.statusCode === null) {
      // It was never sent, was cut, or broke the protocol: nothing is known of the account or of the whole entry.
      entry?.released();
      if (!isOfCredential) credential?.released();
    } else {
      // It answered, though not what was hoped for.
      this.records.entryIsAlive(scopes.entry);
      if (entry?.isProbing) this.book.close(scopes.entry);
      if (credential?.isProbing && !isOfCredential) this.book.close(scopes.credential);
    }
  }

  private alive(name: string, startedMs: number): void {
    if (this.book.known(name)?.answered(startedMs)) this.book.changed(name);
  }

  private openForSlowness(target: string, nowMs: number): void {
    this.open(target, 'slow_starts', 'slow_start', nowMs);
  }

  private open(name: string, cause: OpenCause, detail: string, nowMs: number): void {
    if (this.book.of(name, nowMs).open(cause, detail, nowMs)) this.book.changed(name);
  }

  private cool(name: string, delayMs: number, { outcome }: UpstreamFailure, nowMs: number): void {
    if (delayMs > 0 && this.book.of(name, nowMs).cool(delayMs, outcome, nowMs)) this.book.changed(name);
  }
}
