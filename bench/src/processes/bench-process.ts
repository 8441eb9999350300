import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, logTail, processToken } from '@trunkline/local-services';

/** What to run. */
export interface BenchCommand {
  readonly name: string;
  /** Arguments of Node: the script, and what stands before and behind it. */
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  /** Core that it has to itself; without one it runs where we do. */
  readonly core?: number | undefined;
  /** Asked until it answers 200; without one the process is ready when it has started. */
  readonly readyUrl?: string;
  readonly cwd?: string;
}

/** A process of the benchmark. */
export interface BenchProcess {
  readonly name: string;
  readonly pid: number;
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  readonly exited: Promise<number | null>;
  /** @param politeMs how long it may take to end by itself before it is killed; nobody needs a run's data */
  stop(politeMs?: number): Promise<void>;
}

const READY_WITHIN_MS = 40_000;
const POLITE_MS = 1_500;

/** Starts processes and ends them all, in reverse order, whatever happens. */
export class BenchProcesses {
  private readonly running = new Set<BenchProcess>();

  constructor(private readonly logDir: string) {}

  /** @throws Error with the end of its log when it is not ready in time */
  async start(command: BenchCommand): Promise<BenchProcess> {
    const log = openSync(join(this.logDir, `${command.name}.log`), 'a', 0o600);
    const node = [process.execPath, ...command.args];
    const [program = '', ...args] =
      command.core === undefined ? node : ['taskset', '-c', String(command.core), ...node];
    const child = spawn(program, args, {
      cwd: command.cwd ?? process.cwd(),
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...command.env },
      // A group of its own: Ctrl-C reaches us alone, and we decide about the order.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const started = await this.watch(command.name, child);
    if (command.readyUrl !== undefined) await this.ready(started, command.readyUrl);
    return started;
  }

  /** The last lines that processes of this name wrote. */
  logOf(name: string): string {
    return logTail(join(this.logDir, `${name}.log`), 25);
  }

  async stopAll(): Promise<void> {
    for (const one of [...this.running].toReversed()) await one.stop();
  }

  private async watch(name: string, child: ChildProcess): Promise<BenchProcess> {
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.on('error', () => undefined);
    const pid = child.pid ?? 0;
    const token = processToken(pid) ?? 'gone';
    const one: BenchProcess = {
      name,
      pid,
      exited,
      send: (message) => void child.send(message),
      onMessage: (listener) => void child.on('message', listener),
      stop: async (politeMs = POLITE_MS) => {
        await endProcess(pid, token, [
          { signal: 'SIGTERM', waitMs: politeMs },
          { signal: 'SIGKILL', waitMs: 5_000 },
        ]);
        this.running.delete(one);
      },
    };
    this.running.add(one);
    return one;
  }

  private async ready(one: BenchProcess, url: string): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    let gone = false;
    void one.exited.then(() => (gone = true));
    while (performance.now() < deadline && !gone) {
      if (await answersOk(url)) return;
      await sleep(100);
    }
    throw new Error(
      `${one.name} is not ready${gone ? ' but gone' : ''}; its log ends with:\n${this.logOf(one.name)}`,
    );
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
