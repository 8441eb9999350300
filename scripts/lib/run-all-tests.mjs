import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { provideChromium } from './chromium.mjs';
import { pinnedNode, pnpmFolder, prepare, root } from './prepare.mjs';
import { runChecks } from './run-checks.mjs';
import { stepPrinter } from './screen.mjs';
import { jest, staticChecks } from './static-checks.mjs';
import { testEnvironment } from './test-environment.mjs';

const results = join(root, '.trunkline', 'test-results');
const minute = 60_000;

// Those tests wait for servers and clocks for most of their time.
const moreWorkers = ['--maxWorkers', String(availableParallelism() + 2)];

/** What one stage adds to the sum. A stage that leaves no result counts as one failure. */
const noResult = { passed: 0, failed: 1 };

/**
 * Installs, builds, and runs every check and every test; the last line says the sum. Ends the process.
 */
export async function runAllTests() {
  const say = stepPrinter(Date.now());
  const sum = { passed: 0, failed: 0 };
  const add = ({ passed, failed }) => {
    sum.passed += passed;
    sum.failed += failed;
  };
  try {
    await prepare(say);
    rmSync(results, { recursive: true, force: true });
    mkdirSync(results, { recursive: true });
    const path = [join(root, 'node_modules', '.bin'), pnpmFolder(), process.env.PATH];
    const env = testEnvironment({ PATH: path.join(delimiter) });

    say('static checks');
    const failed = await runChecks(staticChecks, { cwd: root, env });
    add({ passed: staticChecks.length - failed.length, failed: failed.length });

    say('tests without services');
    add(await jestStage('unit', [], 6 * minute, env));
    say('tests with Postgres and Redis');
    add(await jestStage('database', moreWorkers, 20 * minute, env));
    say('tests of the whole platform');
    add(await jestStage('platform', ['--runInBand'], 20 * minute, env));
    say('browser tests');
    add(await browserStage(env, say));
  } catch (error) {
    console.error(`\n${error.message}\n`);
    add(noResult);
  }
  say(sum.failed === 0 ? 'all is well' : 'see FAILED and ● above');
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed === 0 ? 0 : 1);
}

async function jestStage(project, args, timeoutMs, env) {
  const file = join(results, `${project}.json`);
  const command = [...jest, '--selectProjects', project, '--json', '--outputFile', file, ...args];
  const code = await run(command, timeoutMs, env);
  if (!existsSync(file)) return noResult;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A pending test is one that nobody ran; and Jest may fail although no test did, at its own end.
  return {
    passed: report.numPassedTests,
    failed: Math.max(failed + report.numPendingTests, code === 0 ? 0 : 1),
  };
}

async function browserStage(env, say) {
  const file = join(results, 'browser.json');
  const chromium = await provideChromium(say);
  const cli = join(root, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js');
  const command = [pinnedNode, cli, 'test', '--config', join(root, 'e2e', 'playwright.config.ts')];
  const code = await run(command, 10 * minute, { ...env, ...chromium, PLAYWRIGHT_JSON: file });
  if (!existsSync(file)) return noResult;
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return { passed: stats.expected, failed: Math.max(failed, code === 0 ? 0 : 1) };
}

/** Runs a command on this terminal, without its input; kills it when its time is over. Answers its exit code. */
function run([program, ...args], timeoutMs, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const overdue = setTimeout(() => {
      console.error(`FAILED  not done after ${timeoutMs / minute} minutes: ${args.slice(-4).join(' ')}`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 20_000).unref();
    }, timeoutMs);
    const end = (code) => {
      clearTimeout(overdue);
      resolve(code ?? 1);
    };
    child.once('error', () => end(1));
    child.once('close', end);
  });
}
