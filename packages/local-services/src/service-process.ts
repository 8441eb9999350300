import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { endProcess, politeStop, type StopStep } from './end-process.js';
import { processToken } from './process-identity.js';

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What to run, as whom, and where its output goes. */
export interface ServiceCommand {
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Other user to run as; only root can. */
  user?: { uid: number; gid: number } | undefined;
  stop?: readonly StopStep[] | undefined;
}

/** A process that was started here, outliving nobody's Ctrl-C but ours. */
export interface ServiceProcess {
  pid: number;
  /** See `processToken`: with the pid it names this very process. */
  token: string;
  exited: Promise<ProcessExit>;
  /** The last lines that it wrote itself: the log goes on from those before it. */
  lastLines(): string;
  /** Ends it step by step; resolves when it is gone. Repeated calls share one end. */
  stop(): Promise<void>;
}

const logBytesKept = 20 * 1024 * 1024;
const LINES_TOLD = 20;

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only who decides about the order.
 * Output goes straight into the file and not through us: a killed parent must not choke its children.
 *
 * @throws when the command cannot be run at all (not found, not allowed)
 */
export async function spawnService(command: ServiceCommand): Promise<ServiceProcess> {
  const log = openLog(command.logFile);
  const { size: logBytesBefore } = fstatSync(log);
  const child = spawn(command.command, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['ignore', log, log],
    ...command.user,
  });
  closeSync(log);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid ?? 0;
  const token = processToken(pid) ?? 'gone';
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await Promise.race([exited, endProcess(pid, token, command.stop ?? politeStop)]);
  };
  return {
    pid,
    token,
    exited,
    lastLines: () => logTail(command.logFile, LINES_TOLD, logBytesBefore),
    stop: () => (stopping ??= stop()),
  };
}

/** The last lines of a log, or of what stands behind `fromByte` in it, for a message about what went wrong. */
export function logTail(logFile: string, lines = LINES_TOLD, fromByte = 0): string {
  try {
    return readFileSync(logFile)
      .subarray(fromByte)
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  } catch {
    return '';
  }
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > logBytesKept) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
