import { Injectable } from '@nestjs/common';
import type { EndedRecord } from '@trunkline/contracts';
import { CircuitBreakers } from '../failover/circuit-breaker.js';
import { measureBreakers } from './breaker-metrics.js';
import { counter, gauge, histogram } from './registered-metrics.js';

const MICROSECONDS = 1_000_000;

/** What the gateway counts of itself. Prometheus names and units. */
@Injectable()
export class GatewayMetrics {
  private readonly requests = counter('trunkline_gateway_requests_total', 'Answers by route and status.', [
    'route',
    'status',
  ]);
  private readonly attempts = counter(
    'trunkline_gateway_attempts_total',
    'Attempts by provider and outcome.',
    ['provider', 'outcome'],
  );
  private readonly overhead = histogram(
    'trunkline_gateway_overhead_seconds',
    'Time of a call that was ours, not the providers’.',
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1],
  );
  private readonly firstToken = histogram(
    'trunkline_gateway_first_token_seconds',
    'From the request to the first content for the client.',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  );
  private readonly inFlight = gauge(
    'trunkline_gateway_requests_in_flight',
    'Requests that are being answered.',
    [],
  );

  constructor(breakers: CircuitBreakers) {
    measureBreakers(breakers);
  }

  requestBegan(): void {
    this.inFlight.inc();
  }

  requestEnded(route: string, status: number): void {
    this.inFlight.dec();
    this.requests.inc({ route, status });
  }

  callEnded(record: EndedRecord): void {
    this.overhead.observe(record.overheadUs / MICROSECONDS);
    if (record.firstTokenMs !== null) this.firstToken.observe(record.firstTokenMs / 1000);
    for (const { providerId, outcome } of record.attempts)
      this.attempts.inc({ provider: providerId, outcome });
  }
}
