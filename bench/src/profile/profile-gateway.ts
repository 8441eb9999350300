import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monotonicUs } from '../load/monotonic.js';
import type { Platform } from '../platform/start-platform.js';
import { startGateway } from '../platform/gateway.js';
import { jobFor, type Subject } from '../platform/subject.js';
import { runLoad } from '../processes/run-load.js';
import { type CpuProfile, type ProfileSums, sumProfile } from './cpu-profile.js';

const GROUPS = 25;
const FUNCTIONS = 45;

/** Runs a gateway of its own under full load with V8's profiler, and says where the time of a request goes. */
export async function profileGateway(
  platform: Platform,
  options: { seconds: number; connections: number; keepIn: string; stream: boolean },
): Promise<string[]> {
  const { stage, root, processes, facts, services, cores } = platform;
  await mkdir(options.keepIn, { recursive: true });
  const before = new Set(await readdir(options.keepIn));
  const peer = await startGateway(root, processes, facts, {
    stateDir: join(services.stateDir, 'profiled'),
    core: cores.measured,
    nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${options.keepIn}`, '--cpu-prof-interval=200'],
  });
  const lineup = options.stream ? stage.stamped : stage.plain;
  const subject: Subject = {
    name: 'gateway',
    process: peer.process,
    port: peer.port,
    path: '/v1/chat/completions',
    headers: { authorization: `Bearer ${facts.apiKey}` },
    model: options.stream ? facts.stampedModel : 'openai/gpt-4o-mini',
  };
  const cast = {
    generator: stage.generator,
    measured: peer.process,
    upstream: lineup.upstreamProcess,
    core: stage.core,
  };
  if (options.stream) stage.source.process.send({ chunksPerSecond: 100, chunks: 2_000 });
  const { load, cpu, voidBecause } = await runLoad(
    cast,
    jobFor(subject, options.stream, {
      kind: options.stream ? 'streams' : 'closed',
      connections: options.connections,
      warmupMs: Math.max(5_000, options.seconds * 1_000),
      measureMs: options.seconds * 1_000,
    }),
  );
  const toUs = monotonicUs();
  // It first tries to ship its records, and writes the profile last.
  await peer.process.stop(30_000);
  const written = (await readdir(options.keepIn)).filter(
    (name) => !before.has(name) && name.endsWith('.cpuprofile'),
  );
  const profiles = await Promise.all(written.map((name) => readFile(join(options.keepIn, name), 'utf8')));
  const largest = profiles.toSorted((left, right) => right.length - left.length)[0];
  if (largest === undefined) throw new Error('the gateway left no profile; did it end well?');
  const rate = Math.round((load.answered / load.elapsedMs) * 1_000);
  return [
    `${rate} answers/s while profiled, at ${Math.round(cpu.measured * 100)} % of its core (others ${Math.round(cpu.strangers * 100)} %)${voidBecause === undefined ? '' : `; ${voidBecause}`}`,
    `profile: ${written.map((name) => join(options.keepIn, name)).join(', ')} (opens in the browser's developer tools)`,
    ...printSums(
      sumProfile(JSON.parse(largest) as CpuProfile, { fromUs: toUs - load.elapsedMs * 1_000, toUs }),
    ),
  ];
}

function printSums({ busyUs, groups, functions, owners }: ProfileSums): string[] {
  const share = (us: number): string => `${((us / busyUs) * 100).toFixed(1)} %`.padStart(7);
  return [
    '',
    'self time by package',
    ...groups.slice(0, GROUPS).map(({ group, selfUs }) => `${share(selfUs)}  ${group}`),
    '',
    'time by function of ours, with what it called outside',
    ...owners
      .slice(0, FUNCTIONS)
      .map(({ functionName, where, selfUs }) => `${share(selfUs)}  ${functionName}  ${where}`),
    '',
    'self time by function',
    ...functions
      .slice(0, FUNCTIONS)
      .map(
        ({ functionName, where, group, selfUs }) => `${share(selfUs)}  ${functionName}  ${where || group}`,
      ),
  ];
}
