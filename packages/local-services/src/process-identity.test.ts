import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { endProcess } from './end-process.js';
import { commandLine, processToken } from './process-identity.js';

describe('processToken', () => {
  it('stays the same for a living process, and is gone with it', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const token = processToken(pid);
    expect(token).toBeDefined();
    expect(processToken(pid)).toBe(token);
    expect(commandLine(pid)).toContain('setInterval');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processToken(pid)).toBeUndefined();
  });
});

describe('endProcess', () => {
  it('never touches a process that merely has the same pid', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(await endProcess(pid, 'the token of an earlier process')).toBe(true);
    expect(processToken(pid)).toBeDefined();
    child.kill('SIGKILL');
  });

  it('kills what does not listen', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
    ]);
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const steps = [
      { signal: 'SIGTERM', waitMs: 200 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ] as const;
    expect(await endProcess(pid, processToken(pid) ?? '', steps)).toBe(true);
  });
});
