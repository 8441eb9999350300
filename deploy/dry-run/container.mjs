import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A service of the compose file as a process: its command in its folder of the image, with its environment, in which
 * the names of other services and their ports are mapped to this machine. Nothing else is inherited but PATH.
 */
export class Container {
  constructor(name, service, target, machine) {
    this.name = name;
    this.service = service;
    this.folder = join(machine.image, target.folder.replace(/^\/app/, ''));
    this.command = (service.command ?? target.command).map((part) => machine.mapArgument(name, part));
    this.environment = {
      PATH: machine.path,
      NODE_ENV: 'production',
      ...(service.env_file !== undefined && machine.dotEnv),
      ...machine.mapEnvironment(name, service),
    };
    this.output = '';
    this.machine = machine;
  }

  start() {
    for (const folder of this.machine.volumeFolders(this.service)) mkdirSync(folder, { recursive: true });
    const [program, ...args] = this.command;
    this.process = spawn(program, args, {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk) => (this.output = (this.output + chunk).slice(-20_000));
    this.process.stdout.on('data', keep);
    this.process.stderr.on('data', keep);
    this.exited = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(String(error)));
      this.process.once('exit', (code, signal) => resolve(signal ?? code));
    }).then((outcome) => (this.outcome = outcome));
  }

  /** For a service that does one thing: resolves when it has done it. */
  async finish() {
    const outcome = await this.exited;
    if (outcome !== 0) throw new Error(`${this.name} ended with ${outcome}:\n${this.output}`);
  }

  /** Repeats the compose file's own health check, in the service's folder, until it passes. */
  async healthy() {
    const [kind, program, ...args] = this.service.healthcheck.test;
    if (kind !== 'CMD') throw new Error(`${this.name}: only CMD health checks are understood`);
    const deadline = Date.now() + 90_000;
    for (;;) {
      const mapped = args.map((part) => this.machine.mapArgument(this.name, part));
      const check = spawnSync(program, mapped, {
        cwd: this.folder,
        env: this.environment,
        encoding: 'utf8',
        timeout: 10_000,
      });
      if (check.status === 0) return;
      if (this.outcome !== undefined)
        throw new Error(`${this.name} ended with ${this.outcome}:\n${this.output}`);
      if (Date.now() > deadline)
        throw new Error(`${this.name} is not healthy: ${check.stderr}\n${this.output}`);
      await sleep(300);
    }
  }

  /** What compose does: SIGTERM, and a bound. Throws when the service does not keep it. */
  async stop() {
    if (this.process === undefined || this.process.exitCode !== null || this.process.signalCode !== null)
      return;
    const grace = Number(/^(\d+)s$/.exec(this.service.stop_grace_period ?? '10s')[1]) * 1000;
    this.process.kill('SIGTERM');
    const outcome = await Promise.race([this.exited, sleep(grace, 'overdue')]);
    if (outcome !== 'overdue') return;
    this.process.kill('SIGKILL');
    throw new Error(`${this.name} did not end within its ${grace / 1000} s`);
  }
}
