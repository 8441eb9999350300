import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  endLeftoverPostgres,
  endLeftoverRedis,
  processToken,
  removePostgresHome,
} from '@trunkline/local-services';
import { PidFiles } from './pid-files.js';
import { statePaths, type Settings } from './settings.js';
import { standInCheckout } from './testing/stand-in-checkout.js';

const openai = JSON.stringify({ id: 'openai', protocol: 'openai', env: ['OPENAI_API_KEY'] });
const packageFolder = join(import.meta.dirname, '..');

let settings: Settings;
const launchers: Launcher[] = [];

/** The launcher as `npm start` runs it: a process with a channel to its parent. */
class Launcher {
  output = '';
  readonly exited: Promise<number | null>;
  readonly process: ChildProcess;

  constructor(env: Record<string, string> = {}) {
    this.process = fork(join(settings.root, 'packages', 'launcher', 'dist', 'main.js'), {
      env: { ...settings.env, ...env },
      execArgv: [],
      silent: true,
    });
    const keep = (chunk: Buffer) => void (this.output += chunk.toString());
    this.process.stdout?.on('data', keep);
    this.process.stderr?.on('data', keep);
    this.exited = this.end();
    launchers.push(this);
  }

  /** What it said last may still be on its way when it has ended; one that was killed leaves parts that hold its pipes. */
  private async end(): Promise<number | null> {
    const isSaid = Promise.all(
      [this.process.stdout, this.process.stderr].map(async (pipe) => pipe && once(pipe, 'close')),
    );
    const [code]: (number | null)[] = await once(this.process, 'exit');
    await Promise.race([isSaid, sleep(2_000)]);
    return code ?? null;
  }

  async says(text: string): Promise<void> {
    const deadline = performance.now() + 90_000;
    while (!this.output.includes(text)) {
      if (performance.now() > deadline || this.process.exitCode !== null)
        throw new Error(`it never said "${text}":\n${this.output}`);
      await sleep(50);
    }
  }
}

const running = () => new PidFiles(statePaths(settings.stateDir).run).running().map(({ name }) => name);

beforeEach(async () => {
  settings = await standInCheckout(openai);
  const copy = join(settings.root, 'packages', 'launcher');
  await mkdir(join(copy, 'node_modules', '@trunkline'), { recursive: true });
  await cp(join(packageFolder, 'dist'), join(copy, 'dist'), { recursive: true });
  await cp(join(packageFolder, 'package.json'), join(copy, 'package.json'));
  for (const name of ['local-services', 'config-file'])
    await symlink(join(packageFolder, '..', name), join(copy, 'node_modules', '@trunkline', name));
});

afterEach(async () => {
  for (const launcher of launchers.splice(0)) {
    launcher.process.kill('SIGTERM');
    await launcher.exited;
  }
  for (const { pid } of new PidFiles(statePaths(settings.stateDir).run).running())
    process.kill(pid, 'SIGKILL');
  await endLeftoverRedis(join(settings.stateDir, 'redis'));
  await endLeftoverPostgres(join(settings.stateDir, 'postgres', 'data'));
  await removePostgresHome(settings.stateDir);
  await rm(settings.root, { recursive: true, force: true });
});

describe('the launcher', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops everything and ends well on %s',
    async (signal) => {
      const launcher = new Launcher();
      await launcher.says('Trunkline is up.');
      launcher.process.kill(signal);
      expect(await launcher.exited).toBe(0);
      expect(launcher.output).toContain('everything has stopped');
      expect(await readdir(statePaths(settings.stateDir).run)).toEqual([]);
    },
  );

  it('stops everything when npm start was killed', async () => {
    const launcher = new Launcher();
    await launcher.says('Trunkline is up.');
    launcher.process.disconnect();
    expect(await launcher.exited).toBe(0);
    expect(running()).toEqual([]);
  });

  it('ends what it left when it was killed itself, and comes up again with its data', async () => {
    const first = new Launcher();
    await first.says('Trunkline is up.');
    const devEnv = readFileSync(statePaths(settings.stateDir).devEnv, 'utf8');
    first.process.kill('SIGKILL');
    await first.exited;
    expect(running()).toEqual(expect.arrayContaining(['gateway-0', 'postgres', 'redis', 'worker']));
    const second = new Launcher();
    await second.says('Trunkline is up.');
    expect(second.output).toContain('ended what an earlier start left');
    expect(readFileSync(statePaths(settings.stateDir).devEnv, 'utf8')).toBe(devEnv);
  });

  it('does not start twice from one folder, and leaves the first alone', async () => {
    const first = new Launcher();
    await first.says('Trunkline is up.');
    const second = new Launcher();
    expect(await second.exited).toBe(1);
    expect(second.output).toContain(`Trunkline already runs from this folder (process ${first.process.pid})`);
    expect(processToken(first.process.pid ?? 0)).toBeDefined();
    expect(running()).toContain('gateway-0');
  });

  it('waits for one that is just ending', async () => {
    const first = new Launcher();
    await first.says('Trunkline is up.');
    first.process.kill('SIGTERM');
    const second = new Launcher();
    expect(await first.exited).toBe(0);
    await second.says('Trunkline is up.');
  });

  it('says which port is taken before it starts anything', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(settings.ports.dashboard, '127.0.0.1', resolve));
    const launcher = new Launcher();
    expect(await launcher.exited).toBe(1);
    other.close();
    expect(launcher.output).toMatch(
      /Port \d+, which the dashboard needs, is taken.*: stop that process, or set DASHBOARD_PORT to a free port\./,
    );
    expect(launcher.output).not.toContain(' at ');
    expect(existsSync(join(settings.stateDir, 'postgres'))).toBe(false);
  });

  it('says which variable makes no sense', async () => {
    const launcher = new Launcher({ GATEWAY_PORT: 'eighty' });
    expect(await launcher.exited).toBe(1);
    expect(launcher.output.trim()).toBe(
      'GATEWAY_PORT is "eighty": set it to a whole number from 1 to 65535, or leave it out.',
    );
  });

  it('says what is wrong in the configuration file before it starts anything', async () => {
    await writeFile(
      join(settings.root, 'trunkline.yaml'),
      'providers: [{ id: acme, apiKey: "${ACME_KEY}" }]',
    );
    const launcher = new Launcher();
    expect(await launcher.exited).toBe(1);
    expect(launcher.output).toContain(
      'line 1: providers[0].apiKey the environment variable ACME_KEY is not set',
    );
    expect(launcher.output).not.toContain(' at ');
    expect(existsSync(join(settings.stateDir, 'postgres'))).toBe(false);
  });

  it('says that the named database does not answer', async () => {
    const launcher = new Launcher({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:9/x' });
    expect(await launcher.exited).toBe(1);
    expect(launcher.output).toContain(
      'DATABASE_URL names 127.0.0.1:9, where nobody answers: start that server, or unset DATABASE_URL',
    );
    expect(running()).toEqual([]);
  });
});
