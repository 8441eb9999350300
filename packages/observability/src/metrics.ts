import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client';

export { Counter, Gauge, Histogram, register as metricsRegistry };

/** Adds the process' own figures (CPU, memory, event loop, garbage collection) to the registry. Once per process. */
export function watchProcess(): void {
  if (register.getSingleMetric('process_cpu_user_seconds_total')) return;
  collectDefaultMetrics();
}

/** All metrics of the process in Prometheus' text format, with the content type to send it as. */
export async function printMetrics(): Promise<{ contentType: string; body: string }> {
  return { contentType: register.contentType, body: await register.metrics() };
}
