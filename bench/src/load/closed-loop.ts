import { LoadConnection, requestBytes } from './load-connection.js';
import type { LoadJob } from './load-job.js';
import type { LoadMeter } from './load-meter.js';
import { monotonicUs } from './monotonic.js';

/** Each connection sends its next request as soon as the last one is answered: what the other side can do at most. */
export function startClosedLoop(job: LoadJob, meter: LoadMeter): () => void {
  const request = requestBytes(job.port, job.path, job.headers, job.body);
  const connections = Array.from({ length: job.connections }, () => {
    let sentUs = 0;
    const send = (): void => {
      sentUs = monotonicUs();
      connection.send(request);
    };
    const connection = new LoadConnection(job.port, {
      answered: (status) => {
        meter.answer(status);
        meter.duration(monotonicUs() - sentUs);
        send();
      },
      broken: (why) => {
        meter.failure(why);
        // Not at once: who refuses connections would be asked in a tight loop.
        setTimeout(send, 20);
      },
    });
    send();
    return connection;
  });
  return () => connections.forEach((connection) => connection.destroy());
}
