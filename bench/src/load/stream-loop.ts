import { StampReader } from './chunk-stamp.js';
import { LoadConnection, requestBytes } from './load-connection.js';
import type { LoadJob } from './load-job.js';
import type { LoadMeter } from './load-meter.js';
import { monotonicUs } from './monotonic.js';

/** Keeps so many streams open, opened evenly over the warm-up; one that ends is followed by another. */
export function startStreamLoop(job: LoadJob, meter: LoadMeter): () => void {
  const request = requestBytes(job.port, job.path, job.headers, job.body);
  const open: LoadConnection[] = [];
  const openOne = (): void => {
    const stamps = new StampReader((us) => meter.duration(monotonicUs() - us));
    const connection = new LoadConnection(job.port, {
      body: (bytes) => stamps.push(bytes),
      answered: (status) => {
        meter.answer(status);
        connection.send(request);
      },
      broken: (why) => {
        meter.failure(why);
        setTimeout(() => connection.send(request), 100);
      },
    });
    open.push(connection);
    connection.send(request);
  };
  const startedMs = performance.now();
  // The last ones have a little time to get going before the measurement begins.
  const rampMs = job.warmupMs * 0.8;
  const ramp = setInterval(() => {
    const due = Math.min(1, (performance.now() - startedMs) / rampMs) * job.connections;
    while (open.length < due) openOne();
    if (open.length >= job.connections) clearInterval(ramp);
  }, 5);
  return () => {
    clearInterval(ramp);
    open.forEach((connection) => connection.destroy());
  };
}
