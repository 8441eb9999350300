import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnService } from '@trunkline/local-services';
import { PidFiles } from './pid-files.js';
import { supervise } from './supervise.js';

let folder: string;
let shown: string[];
const screen = { step: (line: string) => void shown.push(line), say: () => undefined };
const backoff = { firstMs: 20, mostMs: 60, calmMs: 60_000 };

const run = (script: string) =>
  spawnService({
    command: process.execPath,
    args: ['-e', script],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'part.log'),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervise-'));
  shown = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('supervise', () => {
  it('waits longer from end to end, up to the most', async () => {
    const part = await supervise(
      { name: 'part', start: () => run('process.exit(3)') },
      new PidFiles(folder),
      screen,
      backoff,
    );
    while (part.ends < 4) await sleep(10);
    await part.stop();
    const pauses = shown
      .map((line) => /ended \(exit code 3\); starting it again in ([\d.]+) s/.exec(line)?.[1])
      .filter((pause) => pause !== undefined);
    expect(pauses.slice(0, 4)).toEqual(['0.02', '0.04', '0.06', '0.06']);
  });

  it('never has two processes of one part', async () => {
    let alive = 0;
    let most = 0;
    const start = async () => {
      const started = await run('setTimeout(() => {}, 30)');
      most = Math.max(most, (alive += 1));
      void started.exited.then(() => (alive -= 1));
      return started;
    };
    const part = await supervise({ name: 'part', start }, new PidFiles(folder), screen, backoff);
    while (part.ends < 3) await sleep(10);
    await part.stop();
    expect(most).toBe(1);
  });

  it('ends for good when asked while it waits for the next start, or while it starts', async () => {
    const files = new PidFiles(folder);
    const waiting = await supervise({ name: 'waiting', start: () => run('process.exit(1)') }, files, screen, {
      ...backoff,
      firstMs: 60_000,
    });
    while (waiting.ends < 1) await sleep(10);
    await waiting.stop();
    let starts = 0;
    const start = async () => {
      starts += 1;
      if (starts === 2) await sleep(200);
      return run(starts === 1 ? 'process.exit(1)' : 'setInterval(() => {}, 1000)');
    };
    const starting = await supervise({ name: 'starting', start }, files, screen, backoff);
    while (starts < 2) await sleep(5);
    await starting.stop();
    expect(files.running()).toEqual([]);
  });

  it('tries again when a start fails', async () => {
    let starts = 0;
    const start = async () => {
      starts += 1;
      if (starts === 2) throw new Error('port taken');
      return run(starts === 1 ? 'process.exit(1)' : 'setInterval(() => {}, 1000)');
    };
    const part = await supervise({ name: 'part', start }, new PidFiles(folder), screen, backoff);
    while (starts < 3) await sleep(5);
    await part.stop();
    expect(shown).toContainEqual(expect.stringContaining('does not start: port taken'));
  });
});
