import { join } from 'node:path';
import { explainDiskErrors, logTail, ServiceProblem, spawnService } from '@trunkline/local-services';
import { callableModel } from './first-call.js';
import { addressesOf } from './addresses.js';
import { declaredProviders } from './declared-providers.js';
import {
  commonEnvironment,
  devEnvironment,
  seedEnvironment,
  type PlatformFacts,
} from './part-environment.js';
import { partCommands, stopStage, stopSteps, type PartCommand } from './parts.js';
import { endLeftovers, PidFiles } from './pid-files.js';
import { requirePartPorts } from './ports-needed.js';
import { writePrivateFile } from './private-file.js';
import { keyedProviders, providerVariables, withoutProviderKeys } from './provider-keys.js';
import { waitUntilReady } from './readiness.js';
import { runStep } from './run-step.js';
import type { Screen } from './screen.js';
import { chooseSecrets, masterKey, readDevEnv } from './secrets.js';
import { externalServers, startServers } from './servers.js';
import { statePaths, type Settings } from './settings.js';
import { printShellEnv } from './shell-env.js';
import { supervise, type Supervision } from './supervise.js';
import { welcome } from './welcome.js';

const readyTimeoutMs = 120_000;
// A part that ends this often before it was ever ready has a fault that another try does not mend.
const endsBeforeGivingUp = 3;

/** The platform while it runs. */
export class Platform {
  private readonly supervised: Supervision[] = [];
  private readonly files: PidFiles;
  private readonly stopping = new AbortController();
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly screen: Screen,
  ) {
    this.files = new PidFiles(statePaths(settings.stateDir).run);
  }

  /**
   * Brings everything up and says so.
   *
   * @throws ServiceProblem with one sentence that says what to do; whatever was started still runs then
   */
  async start(): Promise<void> {
    const { settings, screen } = this;
    const left = await endLeftovers(this.files, stopStage, stopSteps);
    if (left.length > 0) screen.step(`ended what an earlier start left: ${left.join(', ')}`);

    const providers = await providerVariables(settings.root);
    const declared = await declaredProviders(settings, providers);
    const keyed = [...new Set([...keyedProviders(providers, settings.env), ...declared.known])];
    const simulated = keyed.length === 0;
    await requirePartPorts(settings, simulated);

    const devEnv = await readDevEnv(settings);
    const secrets = chooseSecrets(settings.env, devEnv);
    const key = await masterKey(settings);
    const servers = await startServers(
      settings,
      secrets,
      externalServers(settings, devEnv),
      this.files,
      screen,
    );
    this.supervised.push(...servers.supervised);
    screen.step(
      `Postgres and Redis answer${servers.embedded.length < 2 ? ' (as the environment names them)' : ''}`,
    );

    const facts: PlatformFacts = {
      settings,
      secrets,
      masterKey: key,
      databaseUrl: servers.databaseUrl,
      redisUrl: servers.redisUrl,
      simulated,
      inherited: withoutProviderKeys(providers, settings.env, declared.secretVariables),
    };
    await this.step(
      'migrate the database',
      'prisma/dist/migrate-cli.js',
      commonEnvironment(facts),
      'migrate',
    );
    await this.step(
      'seed the catalog and the demo',
      'apps/control-plane/dist/seed.js',
      seedEnvironment(facts),
      'seed',
    );
    await this.startParts(partCommands(facts));

    const model = await callableModel(addressesOf(settings).gateway, secrets.demoApiKey, simulated);
    await writePrivateFile(
      statePaths(settings.stateDir).devEnv,
      printShellEnv(devEnvironment(facts, servers.embedded)),
    );
    screen.say(welcome(facts, model, { keyed, own: declared.own }));
  }

  /** Ends everything in the order of `stopStage`; bounded, since each part is killed when its time is over. Repeated calls share one end. */
  stop(): Promise<void> {
    return (this.stopped ??= this.stopAll());
  }

  private async stopAll(): Promise<void> {
    this.stopping.abort(new ServiceProblem('Stopped before everything was up.'));
    const stages = [...new Set(this.supervised.map(({ name }) => stopStage(name)))].sort((a, b) => a - b);
    for (const stage of stages) {
      await Promise.all(
        this.supervised.filter(({ name }) => stopStage(name) === stage).map((part) => part.stop()),
      );
    }
    // What was starting while the stages ran.
    await Promise.all(this.supervised.map((part) => part.stop()));
  }

  /** Does not wait for open streams any longer; Postgres and Redis still end well. */
  hurry(): void {
    for (const part of this.supervised) if (stopStage(part.name) < 3) part.kill();
  }

  private async step(what: string, script: string, env: Record<string, string>, name: string): Promise<void> {
    const { root, stateDir } = this.settings;
    const logFile = join(statePaths(stateDir).logs, `${name}.log`);
    await runStep({
      what,
      script: join(root, script),
      cwd: root,
      env,
      logFile,
      timeoutMs: 300_000,
      signal: this.stopping.signal,
    });
    this.screen.step(`${name} done`);
  }

  private async startParts(commands: readonly PartCommand[]): Promise<void> {
    const logs = statePaths(this.settings.stateDir).logs;
    const waits = commands.map(async (command) => {
      this.stopping.signal.throwIfAborted();
      const logFile = join(logs, `${command.name}.log`);
      const start = () =>
        spawnService({ ...command, command: process.execPath, logFile, stop: stopSteps(command.name) });
      const part = await supervise({ name: command.name, start }, this.files, this.screen);
      this.supervised.push(part);
      const giveUp = () => {
        if (this.stopping.signal.aborted) return 'stopped';
        return part.ends >= endsBeforeGivingUp ? `it ended ${part.ends} times` : undefined;
      };
      const reason = await waitUntilReady(command.readyUrls, { timeoutMs: readyTimeoutMs, giveUp });
      this.stopping.signal.throwIfAborted();
      if (reason !== undefined) {
        const tail = logTail(logFile);
        throw explainDiskErrors(
          new ServiceProblem(`The ${command.name} is not ready: ${reason}; ${logFile} ends with:\n${tail}`),
          this.settings.stateDir,
        );
      }
      this.screen.step(`${command.name} is ready`);
    });
    await Promise.race([Promise.all(waits), aborted(this.stopping.signal)]);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
