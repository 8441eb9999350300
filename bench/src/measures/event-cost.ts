import { Histogram } from '../statistics/histogram.js';
import { median } from '../statistics/percentile.js';
import { jobFor, type Subject } from '../platform/subject.js';
import type { PlatformFacts } from '../platform/prepare-database.js';
import { runLoad } from '../processes/run-load.js';
import type { Stage } from './stage.js';

/** What one event of a stream costs on its way through, by what has to be done with it. */
export interface EventCost {
  readonly way: string;
  /** CPU time per event, µs. */
  readonly cpuUs: number;
  /** From the source's write to the client's read, µs; medians of the rounds' own. */
  readonly p50: number;
  readonly p99: number;
}

interface Way {
  readonly way: string;
  readonly subject: Subject;
  /** Instead of the subject's own, where the door is another. */
  readonly path?: string;
  readonly body?: object;
}

const STREAMS = 64;
const CHUNKS_PER_STREAM = 2_000;
// Few enough that no event is read together with the next.
const EVENTS_PER_SECOND = 4_000;
const QUESTION = 'What should a team look at first when it moves its traffic to another model?';

/** Sends the same calm stream through each door to each upstream, way after way, round after round. */
export async function measureEventCost(
  stage: Stage,
  facts: PlatformFacts,
  options: { rounds: number; seconds: number },
): Promise<EventCost[]> {
  const { stamped, source, generator, core } = stage;
  const { bare, gateway } = stamped;
  if (!gateway) return [];
  source.process.send({ chunksPerSecond: EVENTS_PER_SECOND / STREAMS, chunks: CHUNKS_PER_STREAM });
  const ways = waysOf(bare, gateway, facts);
  const seen = new Map<string, { cpuUs: number; p50: number; p99: number }[]>();
  for (let round = 0; round < Math.max(2, options.rounds - 2); round += 1) {
    for (const { way, subject, path, body } of ways) {
      const job = jobFor(subject, true, {
        kind: 'streams',
        connections: STREAMS,
        warmupMs: 1_500,
        measureMs: options.seconds * 1_000,
      });
      const cast = { generator, measured: subject.process, upstream: stamped.upstreamProcess, core };
      const { load, cpu, voidBecause } = await runLoad(cast, {
        ...job,
        ...(path && { path }),
        ...(body && { body: JSON.stringify(body) }),
      });
      if (voidBecause) {
        stage.say(`  a round of "${way}" is void: ${voidBecause}`);
        continue;
      }
      const delays = new Histogram(load.durations);
      const cpuUs = (cpu.measured * load.elapsedMs * 1_000) / delays.count;
      const figures = { cpuUs, p50: delays.percentile(0.5), p99: delays.percentile(0.99) };
      seen.set(way, [...(seen.get(way) ?? []), figures]);
    }
  }
  return ways.map(({ way }) => {
    const rounds = seen.get(way) ?? [];
    const of = (name: 'cpuUs' | 'p50' | 'p99') => median(rounds.map((round) => round[name]));
    return { way, cpuUs: of('cpuUs'), p50: of('p50'), p99: of('p99') };
  });
}

function waysOf(bare: Subject, gateway: Subject, { stampedModel, stampedClaude }: PlatformFacts): Way[] {
  const messages = [{ role: 'user', content: QUESTION }];
  const byMessages = (model: string) => ({
    path: '/v1/messages',
    body: { model, messages, max_tokens: 256, stream: true },
  });
  return [
    { way: 'bare proxy', subject: bare },
    { way: 'chat, passed on', subject: gateway },
    { way: 'chat, passed on, rescue off', subject: { ...gateway, more: { trunkline: { rescue: false } } } },
    { way: 'Messages, passed on', subject: gateway, ...byMessages(stampedClaude) },
    { way: 'chat from Messages, translated', subject: { ...gateway, model: stampedClaude } },
    { way: 'Messages from chat, translated', subject: gateway, ...byMessages(stampedModel) },
    {
      way: 'Responses from chat, translated',
      subject: gateway,
      path: '/v1/responses',
      body: { model: stampedModel, input: QUESTION, max_output_tokens: 256, stream: true },
    },
  ];
}
