import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { logTail, spawnService, type ProcessExit } from '@trunkline/local-services';
import { eventually } from './eventually.js';
import { runVariables } from './run-variables.js';

/** What to start. */
export interface TestProcessOptions {
  /** The command; default the Node that runs the test. */
  command?: string;
  args: readonly string[];
  cwd?: string;
  /** The whole environment but for PATH, HOME and TMPDIR; nothing else is inherited, least of all a provider's key. */
  env: Record<string, string>;
  /** Address that answers 2xx when it is ready; without one `startProcess` resolves at once. */
  readyUrl?: string;
  readyTimeoutMs?: number;
}

/** A process of the test's own. */
export interface TestProcess {
  pid: number;
  exited: Promise<ProcessExit>;
  /** What it printed so far, at most the last 500 lines. */
  output(): string;
  freeze(): void;
  thaw(): void;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<ProcessExit>;
  /** SIGTERM, and SIGKILL after 10 s. */
  stop(): Promise<void>;
}

/**
 * Starts a process and waits till it is ready.
 *
 * @throws with the end of its output when it ends first or is not ready in time
 */
export async function startProcess(options: TestProcessOptions): Promise<TestProcess> {
  // Removed with everything else of the run, where there is one.
  const logFile = join(
    process.env[runVariables.stateDir] ?? tmpdir(),
    `trunkline-process-${randomBytes(6).toString('hex')}.log`,
  );
  const inherited = Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].map((name) => [name, process.env[name]]));
  const started = await spawnService({
    command: options.command ?? process.execPath,
    args: options.args,
    cwd: options.cwd ?? process.cwd(),
    env: { ...inherited, ...options.env },
    logFile,
  });
  const output = () => logTail(logFile, 500);
  if (options.readyUrl !== undefined) {
    try {
      await ready(options.readyUrl, started.exited, options.readyTimeoutMs ?? 30_000);
    } catch (cause) {
      await started.stop();
      throw new Error(`${options.args.join(' ')} is not ready; it printed:\n${output()}`, { cause });
    }
  }
  return {
    pid: started.pid,
    exited: started.exited,
    output,
    freeze: () => void process.kill(started.pid, 'SIGSTOP'),
    thaw: () => void process.kill(started.pid, 'SIGCONT'),
    kill: async () => {
      process.kill(started.pid, 'SIGKILL');
      return started.exited;
    },
    stop: () => started.stop(),
  };
}

async function ready(url: string, exited: Promise<ProcessExit>, timeoutMs: number): Promise<void> {
  const ended = exited.then(({ code, signal }) => {
    throw new Error(`it ended (${signal ?? code})`);
  });
  const answered = eventually(
    async () => {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
    },
    { timeoutMs, everyMs: 50 },
  );
  await Promise.race([answered, ended]);
}
