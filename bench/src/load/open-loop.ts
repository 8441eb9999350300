import { startFineClock } from './fine-clock.js';
import { LoadConnection, requestBytes } from './load-connection.js';
import type { LoadJob } from './load-job.js';
import type { LoadMeter } from './load-meter.js';
import { monotonicUs } from './monotonic.js';

// Four looks per request are close enough; more cost the generator's core what the upstream needs.
const LOOKS_PER_REQUEST = 4;
const WAITING_MOST = 100_000;

/**
 * Requests become due at a fixed rate, whatever the other side does, and their time runs from then on: a stall is not
 * hidden by the requests that it holds back. A tick that this process itself slept through is not blamed on anybody.
 */
export function startOpenLoop(job: LoadJob, meter: LoadMeter): () => void {
  const request = requestBytes(job.port, job.path, job.headers, job.body);
  const waiting: number[] = [];
  const idle = Array.from({ length: job.connections }, () => caller(job.port, request, meter, done));
  const all = [...idle];

  function done(self: Caller): void {
    const dueUs = waiting.shift();
    if (dueUs === undefined) idle.push(self);
    else self.call(dueUs);
  }

  let lastUs = monotonicUs();
  let credit = 0;
  const rate = job.ratePerSecond ?? 0;
  const tickMs = Math.min(1, Math.max(0.1, 1_000 / LOOKS_PER_REQUEST / rate));
  const clock = startFineClock(tickMs, () => {
    const nowUs = monotonicUs();
    credit = Math.min(credit + ((nowUs - lastUs) * rate) / 1e6, job.connections);
    lastUs = nowUs;
    for (; credit >= 1; credit -= 1) {
      const free = idle.pop();
      if (free) free.call(nowUs);
      else if (waiting.length < WAITING_MOST) waiting.push(nowUs);
      else meter.failure('more than 100,000 requests were waiting');
    }
  });
  return () => {
    void clock.stop();
    all.forEach((one) => one.destroy());
  };
}

interface Caller {
  call(dueUs: number): void;
  destroy(): void;
}

function caller(port: number, request: Buffer, meter: LoadMeter, done: (self: Caller) => void): Caller {
  let since = 0;
  const connection = new LoadConnection(port, {
    answered: (status) => {
      meter.answer(status);
      meter.duration(monotonicUs() - since);
      done(self);
    },
    broken: (why) => {
      meter.failure(why);
      done(self);
    },
  });
  const self: Caller = {
    call: (dueUs) => {
      since = dueUs;
      connection.send(request);
    },
    destroy: () => connection.destroy(),
  };
  return self;
}
