import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logTail, spawnService } from './service-process.js';

describe('a process with a log', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is told by its own lines, not by those of the one before it', async () => {
    const logFile = join(folder, 'step.log');
    const told: string[] = [];
    for (const line of ['the first', 'the second']) {
      const started = await spawnService({
        command: process.execPath,
        args: ['-e', `console.error(${JSON.stringify(line)})`],
        cwd: folder,
        env: process.env,
        logFile,
      });
      await started.exited;
      told.push(started.lastLines());
    }
    expect(told).toEqual(['the first', 'the second']);
    expect(logTail(logFile)).toBe('the first\nthe second');
  });
});
