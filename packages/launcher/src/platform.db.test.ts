import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { processToken, removePostgresHome, ServiceProblem } from '@trunkline/local-services';
import { PidFiles } from './pid-files.js';
import { Platform } from './platform.js';
import type { Screen } from './screen.js';
import { statePaths, type Settings } from './settings.js';
import { parseShellEnv } from './shell-env.js';
import { standInCheckout } from './testing/stand-in-checkout.js';

const openai = JSON.stringify({
  id: 'openai',
  protocol: 'openai',
  env: ['OPENAI_API_KEY'],
  otherEnv: ['OPENAI_KEY'],
});

let settings: Settings;
let shown: string[];
const platforms: Platform[] = [];

async function up(changed: Partial<Settings> = {}): Promise<Platform> {
  const screen: Screen = { step: (line) => void shown.push(line), say: (text) => void shown.push(text) };
  const platform = new Platform({ ...settings, ...changed }, screen);
  platforms.push(platform);
  await platform.start();
  return platform;
}

const devEnv = () => parseShellEnv(readFileSync(statePaths(settings.stateDir).devEnv, 'utf8'));
const pidOf = (name: string) =>
  Number(readFileSync(join(statePaths(settings.stateDir).run, `${name}.pid`), 'utf8'));
const seenBy = (part: string): Record<string, string> => {
  const seen: unknown = JSON.parse(readFileSync(join(settings.root, `${part}.env.json`), 'utf8'));
  return seen as Record<string, string>;
};

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within a minute; shown:\n${shown.join('\n')}`);
    await sleep(50);
  }
}

beforeEach(async () => {
  settings = await standInCheckout(openai);
  shown = [];
});

afterEach(async () => {
  await Promise.all(platforms.splice(0).map((platform) => platform.stop()));
  await removePostgresHome(settings.stateDir);
  await rm(settings.root, { recursive: true, force: true });
});

describe('npm start', () => {
  it('writes dev.env for its owner alone, readable by a shell, once everything answers, and prints a call', async () => {
    await up();
    const file = statePaths(settings.stateDir).devEnv;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const names =
      'GATEWAY_URL CONTROL_PLANE_URL DASHBOARD_URL SIMULATOR_URL SIMULATOR_TOKEN DATABASE_URL REDIS_URL DEMO_API_KEY DEMO_EMAIL DEMO_PASSWORD OPERATOR_EMAIL OPERATOR_PASSWORD MAILBOX_DIR'.split(
        ' ',
      );
    const printed = execFileSync(
      'sh',
      ['-c', `. '${file}'; ${names.map((name) => `echo "$${name}"`).join('; ')}`],
      { encoding: 'utf8', env: {} },
    );
    expect(printed.trimEnd().split('\n')).toEqual(names.map((name) => devEnv()[name]));
    expect(printed.trimEnd()).not.toMatch(/^$/m);
    const { DEMO_API_KEY, GATEWAY_URL } = devEnv();
    expect(DEMO_API_KEY).toMatch(/^sk-tl-[\w-]{43}$/);
    expect(shown.at(-1)).toContain(`curl ${GATEWAY_URL}/v1/chat/completions`);
    expect(shown.at(-1)).toContain('openai/gpt-4o-mini');
    expect(shown.at(-1)).toContain('SIMULATED');
    expect(
      (await readdir(statePaths(settings.stateDir).run)).filter((name) => name.endsWith('.pid')).sort(),
    ).toEqual(
      ['control-plane', 'dashboard', 'gateway-0', 'postgres', 'redis', 'simulator', 'worker'].map(
        (name) => `${name}.pid`,
      ),
    );
  });

  it('starts a killed part again after a second, and says so', async () => {
    await up();
    for (const name of ['gateway-0', 'redis']) {
      const before = pidOf(name);
      const killedAt = performance.now();
      process.kill(before, 'SIGKILL');
      await until(() => shown.some((line) => line.startsWith(`${name} runs again`)));
      expect(performance.now() - killedAt).toBeGreaterThan(950);
      expect(pidOf(name)).not.toBe(before);
      expect(shown.some((line) => line.startsWith(`${name} ended (SIGKILL); starting it again in 1 s`))).toBe(
        true,
      );
    }
  });

  it('stops gateways first and servers last, and leaves dev.env and nothing running', async () => {
    const platform = await up();
    const pids = ['gateway-0', 'postgres', 'redis', 'dashboard'].map(pidOf);
    await platform.stop();
    const order = readFileSync(join(settings.root, 'stops.log'), 'utf8').trim().split('\n');
    expect(order[0]).toBe('apps/gateway/dist/main.js');
    expect(order[1]).toBe('apps/control-plane/dist/worker.js');
    expect(order).toHaveLength(5);
    expect(pids.map(processToken)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await readdir(statePaths(settings.stateDir).run)).toEqual([]);
    expect(existsSync(statePaths(settings.stateDir).devEnv)).toBe(true);
  });

  it('keeps keys and passwords from one start to the next, and makes new ones when dev.env is lost', async () => {
    await (await up()).stop();
    const first = devEnv();
    const masterKey = seenBy('apps_gateway_dist_main.js')['TRUNKLINE_MASTER_KEY'];
    await (await up()).stop();
    expect(devEnv()).toEqual(first);
    await rm(statePaths(settings.stateDir).devEnv);
    await up();
    const third = devEnv();
    for (const name of ['DEMO_API_KEY', 'DEMO_PASSWORD', 'OPERATOR_PASSWORD', 'DATABASE_URL', 'REDIS_URL'])
      expect(third[name]).not.toBe(first[name]);
    expect(seenBy('apps_control-plane_dist_seed.js')['DEMO_API_KEY']).toBe(third['DEMO_API_KEY']);
    expect(seenBy('apps_gateway_dist_main.js')['TRUNKLINE_MASTER_KEY']).toBe(masterKey);
  });

  it('starts its own servers again in a shell that has read dev.env', async () => {
    await (await up()).stop();
    await up({ env: { ...settings.env, ...devEnv() } });
    expect(pidOf('postgres')).toBeGreaterThan(1);
  });

  it('ends what an earlier, killed start left', async () => {
    const left = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1000)",
    ]);
    await once(left.stdout, 'data');
    const pid = left.pid ?? 0;
    new PidFiles(statePaths(settings.stateDir).run).write('worker', pid, processToken(pid) ?? '');
    await up();
    expect(processToken(pid)).toBeUndefined();
    expect(shown[0]).toBe('ended what an earlier start left: worker');
  });

  it('never ends a process that merely has the pid of an earlier part', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    new PidFiles(statePaths(settings.stateDir).run).write(
      'worker',
      other.pid ?? 0,
      'started at another time',
    );
    await up();
    expect(processToken(other.pid ?? 0)).toBeDefined();
    other.kill('SIGKILL');
  });

  it('calls real providers with a key, which only the seed sees', async () => {
    await up({ env: { ...settings.env, OPENAI_API_KEY: 'sk-real' } });
    expect(existsSync(join(statePaths(settings.stateDir).run, 'simulator.pid'))).toBe(false);
    expect(seenBy('apps_control-plane_dist_seed.js')).toMatchObject({
      OPENAI_API_KEY: 'sk-real',
      SIGNUP_CREDIT_USD: '0',
    });
    expect(seenBy('apps_gateway_dist_main.js')).not.toHaveProperty('OPENAI_API_KEY');
    expect(shown.at(-1)).toContain('Providers are REAL');
  });

  it.each([
    [
      'apps_control-plane_dist_seed.js',
      /Cannot seed the catalog and the demo \(exit code 7\).*seed\.log ends with:\nit is meant to fail/s,
    ],
    ['apps_control-plane_dist_worker.js', /The worker is not ready: it ended 3 times.*it is meant to fail/s],
  ])('gives up with the log when %s fails, and writes no dev.env', async (part, message) => {
    await writeFile(join(settings.root, `${part}.fails`), '');
    const failure = up();
    await expect(failure).rejects.toThrow(ServiceProblem);
    await expect(failure).rejects.toThrow(message);
    expect(existsSync(statePaths(settings.stateDir).devEnv)).toBe(false);
  });

  it('stops at once while it is still starting', async () => {
    const starting = up();
    await until(() => shown.some((line) => line.includes('answer')));
    await platforms[0]?.stop();
    await expect(starting).rejects.toThrow('Stopped before everything was up.');
    expect(await readdir(statePaths(settings.stateDir).run)).toEqual([]);
  });
});
