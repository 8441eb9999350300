import { ServiceProblem, spawnService } from '@trunkline/local-services';

/** A command that runs once and must end well. */
export interface OneStep {
  /** What it does, as in "cannot <what>". */
  what: string;
  script: string;
  cwd: string;
  env: Record<string, string>;
  logFile: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Runs it.
 *
 * @throws ServiceProblem with the end of its output
 */
export async function runStep(step: OneStep): Promise<void> {
  const started = await spawnService({
    command: process.execPath,
    args: ['--enable-source-maps', step.script],
    cwd: step.cwd,
    env: step.env,
    logFile: step.logFile,
  });
  const stop = () => void started.stop();
  const timer = setTimeout(stop, step.timeoutMs);
  step.signal.addEventListener('abort', stop);
  const { code, signal } = await started.exited;
  clearTimeout(timer);
  step.signal.removeEventListener('abort', stop);
  step.signal.throwIfAborted();
  if (code === 0) return;
  throw new ServiceProblem(
    `Cannot ${step.what} (${signal ?? `exit code ${code}`}); ${step.logFile} ends with:\n${started.lastLines()}`,
  );
}
