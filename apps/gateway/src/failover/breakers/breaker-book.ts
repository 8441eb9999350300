import { breakerScopeOf, type BreakerScope, type OpenCause } from '@trunkline/contracts';
import { Breaker, type BreakerState, type Opening } from './breaker.js';
import { OPEN_TIMES } from './target-scopes.js';

/** More than the plans of an installation use; past it those that are closed are forgotten. */
const MAX_BREAKERS = 15_000;
const IDLE_MS = 300_000;

/** A breaker that is not closed. Times are of the engine's clock. */
export interface NotClosed {
  /** `<scope>:<id>`. */
  readonly key: string;
  readonly scope: BreakerScope;
  readonly state: BreakerState;
  readonly cause: OpenCause;
  readonly detail: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** A breaker whose waiting is over. */
export interface Overdue {
  readonly name: string;
  /** Since a call last wanted it to be tried; 0 while one tries. */
  readonly wantedAgoMs: number;
  readonly overdueMs: number;
}

/** All breakers of this process by name, and which of them are open. */
export class BreakerBook {
  /** Nobody gives rights to probe: every process lets one call of its own try. */
  probesAlone = true;
  private readonly breakers = new Map<string, Breaker>();
  private readonly open = new Set<string>();
  private readonly listeners: ((name: string) => void)[] = [];

  get allClosed(): boolean {
    return this.open.size === 0;
  }

  known(name: string): Breaker | undefined {
    return this.breakers.get(name);
  }

  of(name: string, nowMs: number): Breaker {
    const known = this.breakers.get(name);
    if (known) return known;
    if (this.breakers.size >= MAX_BREAKERS) this.forgetClosed(Number.POSITIVE_INFINITY);
    const breaker = new Breaker(OPEN_TIMES[breakerScopeOf(name) ?? 'target'], nowMs);
    this.breakers.set(name, breaker);
    return breaker;
  }

  stateOf(name: string, nowMs: number): BreakerState {
    return this.breakers.get(name)?.stateAt(nowMs, this.probesAlone) ?? 'closed';
  }

  peek(name: string, nowMs: number): BreakerState {
    return this.breakers.get(name)?.peek(nowMs, this.probesAlone) ?? 'closed';
  }

  /** Calls back with the name of each breaker that this process opens, opens again or closes. */
  onChange(listener: (name: string) => void): void {
    this.listeners.push(listener);
  }

  /** To be told after each change of a breaker's opening. */
  changed(name: string): void {
    if (this.openingOf(name) === null) this.open.delete(name);
    else this.open.add(name);
    for (const listener of this.listeners) listener(name);
  }

  close(name: string): void {
    this.breakers.get(name)?.close();
    this.changed(name);
  }

  /** Forgets what was counted too. To be called when all are closed. */
  clear(): void {
    this.breakers.clear();
  }

  openingOf(name: string): Opening | null {
    return this.breakers.get(name)?.opening ?? null;
  }

  openNames(): readonly string[] {
    return [...this.open];
  }

  *notClosed(nowMs: number): Iterable<NotClosed> {
    for (const name of this.open) {
      const breaker = this.breakers.get(name);
      const scope = breakerScopeOf(name);
      if (!breaker?.opening || !scope) continue;
      const state = breaker.peek(nowMs, this.probesAlone);
      if (state !== 'closed') yield { key: name, scope, state, ...breaker.opening };
    }
  }

  /** Takes over what another process has found out; null closes. Tells no listener. */
  adopt(name: string, opening: Opening | null, nowMs: number): void {
    if (breakerScopeOf(name) === null) return;
    if (opening === null) {
      this.breakers.get(name)?.close();
      this.open.delete(name);
      return;
    }
    this.of(name, nowMs).adopt(opening);
    this.open.add(name);
  }

  overdue(nowMs: number): Overdue[] {
    const waiting: Overdue[] = [];
    for (const name of this.open) {
      const breaker = this.breakers.get(name);
      const opening = breaker?.opening;
      if (!breaker || !opening || opening.cause === 'cooling' || nowMs < opening.untilMs) continue;
      const overdueMs = nowMs - opening.untilMs;
      const wantedAgoMs = breaker.isProbing ? 0 : nowMs - breaker.wantedMs;
      waiting.push({ name, wantedAgoMs, overdueMs });
    }
    return waiting;
  }

  /** Gives or takes the fleet's right to let one call try. */
  grant(name: string, hasRight: boolean): void {
    const breaker = this.breakers.get(name);
    if (breaker) breaker.hasRight = hasRight;
  }

  /** Ends cooling that is over, and forgets what nobody uses. @returns what has cooled; listeners are not told */
  sweep(nowMs: number): string[] {
    const cooled: string[] = [];
    for (const name of this.open) {
      const opening = this.openingOf(name);
      if (opening?.cause === 'cooling' && nowMs >= opening.untilMs) cooled.push(name);
    }
    for (const name of cooled) this.adopt(name, null, nowMs);
    this.forgetClosed(nowMs - IDLE_MS);
    return cooled;
  }

  private forgetClosed(usedBeforeMs: number): void {
    for (const [name, breaker] of this.breakers)
      if (breaker.opening === null && breaker.usedMs < usedBeforeMs) this.breakers.delete(name);
  }
}
