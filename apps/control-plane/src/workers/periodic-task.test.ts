import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@trunkline/observability';
import { eventually } from '@trunkline/testing';
import { PeriodicTask } from './periodic-task.js';

const logger = createLogger({ name: 'test', level: 'silent' });

describe('a periodic task', () => {
  it('goes on after failures', async () => {
    let runs = 0;
    const task = new PeriodicTask({
      name: 'test',
      everyMs: 1,
      logger,
      work: () => {
        runs += 1;
        return runs < 3 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    });
    task.start();
    await eventually(() => expect(runs).toBeGreaterThan(5));
    await task.stop();
  });

  it('runs once at a time, tells its run to end when it is stopped, and waits for it', async () => {
    let running = 0;
    let aborted = false;
    const task = new PeriodicTask({
      name: 'test',
      everyMs: 1,
      logger,
      work: async (signal) => {
        running += 1;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        aborted = true;
      },
    });
    task.start();
    task.start();
    await eventually(() => expect(running).toBe(1));
    await task.stop();
    expect([running, aborted]).toEqual([1, true]);
  });
});
