import { join } from 'node:path';
import { createPool } from '@trunkline/prisma';
import type { Lineup, Stage } from '../measures/stage.js';
import { BenchProcesses } from '../processes/bench-process.js';
import type { Cores } from '../processes/cores.js';
import { type Peer, startBareProxy, startGenerator, startStampedSource } from './bench-peers.js';
import { startGateway } from './gateway.js';
import { type PlatformFacts, prepareDatabase } from './prepare-database.js';
import { type BenchServices, startServices } from './services.js';
import { startSimulator } from './simulator.js';

/** Everything on, and ready to be measured. */
export interface Platform {
  readonly root: string;
  readonly stage: Stage;
  readonly processes: BenchProcesses;
  readonly services: BenchServices;
  readonly facts: PlatformFacts;
  readonly cores: Cores;
  readonly pool: ReturnType<typeof createPool>;
}

/** What has to be undone, last first. */
export type Undo = (() => Promise<void>)[];

/** @param undo gets how to end each thing as soon as it has begun, so that a failure half-way leaves nothing */
export async function startPlatform(
  root: string,
  cores: Cores,
  undo: Undo,
  say: (line: string) => void,
): Promise<Platform> {
  say('start Postgres and Redis');
  const services = await startServices(join(root, '.trunkline', 'debian'));
  undo.push(() => services.stop());
  const processes = new BenchProcesses(services.logDir);
  const pool = createPool({
    databaseUrl: services.databaseUrl,
    poolSize: 2,
    applicationName: 'trunkline-bench',
  });
  undo.push(() => pool.end());
  undo.push(() => processes.stopAll());

  say('start simulator, migrate and seed');
  const simulator = await startSimulator(processes, root);
  const source = await startStampedSource(processes);
  const upstreams = { simulator, sourcePort: source.port };
  const facts = await prepareDatabase(root, processes, services, pool, upstreams);

  say('start load generator, bare proxies and gateway');
  const generator = await startGenerator(processes);
  const bareToSimulator = await startBareProxy(processes, simulator.port, cores.measured);
  const bareToSource = await startBareProxy(processes, source.port, cores.measured);
  const gateway = await startGateway(root, processes, facts, {
    stateDir: services.stateDir,
    core: cores.measured,
  });
  const stage: Stage = {
    generator,
    core: cores.measured,
    simulator,
    source,
    plain: lineup(
      { process: simulator.process, port: simulator.port },
      bareToSimulator,
      gateway,
      facts,
      'openai/gpt-4o-mini',
    ),
    stamped: lineup(source, bareToSource, gateway, facts, facts.stampedModel),
    say,
  };
  return { root, stage, processes, services, facts, cores, pool };
}

/** Ways to the source through processes that have served nothing yet: memory that others left would be used again. */
export async function startFreshStamped(platform: Platform): Promise<Lineup> {
  const { root, stage, processes, facts, services, cores } = platform;
  const bare = await startBareProxy(processes, stage.source.port, cores.measured);
  const stateDir = join(services.stateDir, 'fresh');
  const gateway = await startGateway(root, processes, facts, { stateDir, core: cores.measured });
  const unarmedDir = join(services.stateDir, 'unarmed');
  const other = await startGateway(root, processes, facts, { stateDir: unarmedDir, core: cores.measured });
  const ways = lineup(stage.source, bare, gateway, facts, facts.stampedModel);
  if (!ways.gateway) return ways;
  const more = { trunkline: { rescue: false } };
  return { ...ways, unarmed: { ...ways.gateway, ...other, name: 'unarmed', more } };
}

function lineup(
  upstream: Peer,
  bare: Peer,
  gateway: Peer,
  facts: PlatformFacts,
  gatewayModel: string,
): Lineup {
  const direct = {
    path: '/p/openai/v1/chat/completions',
    headers: { authorization: 'Bearer sim-openai-1' },
    model: 'gpt-4o-mini',
  };
  return {
    upstreamProcess: upstream.process,
    upstream: { name: 'upstream', process: upstream.process, port: upstream.port, ...direct },
    bare: { name: 'bare', process: bare.process, port: bare.port, ...direct },
    gateway: {
      name: 'gateway',
      process: gateway.process,
      port: gateway.port,
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${facts.apiKey}` },
      model: gatewayModel,
    },
  };
}
