import { Counter, Gauge, Histogram, metricsRegistry } from '@trunkline/observability';

/** Several applications of one process (tests) share the registry, so a metric that exists is used again. */
export function counter(name: string, help: string, labelNames: string[]): Counter {
  return (
    (metricsRegistry.getSingleMetric(name) as Counter | undefined) ?? new Counter({ name, help, labelNames })
  );
}

export function gauge(name: string, help: string, labelNames: string[]): Gauge {
  return (
    (metricsRegistry.getSingleMetric(name) as Gauge | undefined) ?? new Gauge({ name, help, labelNames })
  );
}

export function histogram(name: string, help: string, buckets: number[]): Histogram {
  return (
    (metricsRegistry.getSingleMetric(name) as Histogram | undefined) ?? new Histogram({ name, help, buckets })
  );
}
