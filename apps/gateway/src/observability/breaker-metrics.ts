import { BREAKER_SCOPES, breakerScopeOf } from '@trunkline/contracts';
import type { CircuitBreakers } from '../failover/circuit-breaker.js';
import { systemClock } from '../failover/clock.js';
import { counter, gauge } from './registered-metrics.js';

/** What is open as this process knows it, and what it has opened itself. */
export function measureBreakers(breakers: CircuitBreakers): void {
  const notClosed = gauge(
    'trunkline_gateway_breakers_not_closed',
    'Breakers of targets, credentials and provider entries that are open or half open.',
    ['scope', 'state'],
  );
  const shared = gauge(
    'trunkline_gateway_breakers_shared',
    '1 while breakers are shared through Redis, 0 while each process goes by its own.',
    [],
  );
  const opened = counter('trunkline_gateway_breakers_opened_total', 'Breakers that this process opened.', [
    'scope',
    'cause',
  ]);
  breakers.book.onChange((name) => {
    const scope = breakerScopeOf(name);
    const cause = breakers.book.openingOf(name)?.cause;
    if (scope && cause) opened.inc({ scope, cause });
  });
  Object.assign(notClosed, {
    collect: () => {
      for (const scope of BREAKER_SCOPES)
        for (const state of ['open', 'half_open']) notClosed.set({ scope, state }, 0);
      for (const { scope, state } of breakers.notClosed(systemClock.now())) notClosed.inc({ scope, state });
      shared.set(breakers.book.probesAlone ? 0 : 1);
    },
  });
}
