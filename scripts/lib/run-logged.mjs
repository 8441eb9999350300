import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const remindMs = 10_000;

/**
 * Runs a command with its output in a log, and says every ten seconds that it still works.
 * Throws an error that says what could not be done, why, and where the log is.
 */
export async function runLogged({ what, command: [program, ...args], cwd, env, logFile, say }) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  say(`${what} …`);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = (signal) => {
    child.kill(signal);
    process.exitCode = 130;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  const reminder = setInterval(() => say(`${what}: still at it after ${seconds()}`), remindMs);
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  clearInterval(reminder);
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, stop);
  await new Promise((resolve) => log.end(resolve));
  if (process.exitCode === 130) throw new Error('Stopped.');
  if (outcome.code === 0) return say(`${what}: done in ${seconds()}`);
  throw new Error(explain(what, program, outcome, logFile));
}

function explain(what, program, { error, code, signal }, logFile) {
  if (error?.code === 'ENOENT')
    return `Cannot ${what}: ${program} is not on the PATH; it comes with npm, so install npm.`;
  if (error) return `Cannot ${what}: ${error.message}.`;
  const text = readFileSync(logFile, 'utf8');
  if (/ENOSPC|No space left on device/.test(text))
    return `Cannot ${what}: the disk is full; free some space, then start again (${logFile}).`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ERR_PNPM_META_FETCH_FAIL/.test(text)) {
    return `Cannot ${what}: the npm registry cannot be reached; check the network or npm's "registry" setting (${logFile}).`;
  }
  return `Cannot ${what} (${signal ?? `exit code ${code}`}); ${logFile} ends with:\n${text.trimEnd().split('\n').slice(-20).join('\n')}`;
}
