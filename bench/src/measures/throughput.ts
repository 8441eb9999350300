import { median } from '../statistics/percentile.js';
import { inTurn, type Round, type Stage } from './stage.js';

/** What one way does at most. */
export interface Capacity {
  readonly requestsPerSecond: number;
  /** Answers per second of its own CPU time: what it would do on a core that nobody else uses. */
  readonly requestsPerCpuSecond: number;
  readonly strangers: number;
  readonly rounds: number;
  readonly voidRounds: number;
}

export interface Throughput {
  readonly bare: Capacity;
  readonly gateway: Capacity | undefined;
}

/** How many requests a second, with so many connections that always have one under way. */
export async function measureThroughput(
  stage: Stage,
  options: { rounds: number; seconds: number; connections: number },
): Promise<Throughput> {
  const { plain } = stage;
  const rounds = await inTurn(stage, plain, [plain.bare, plain.gateway], options.rounds, false, {
    kind: 'closed',
    connections: options.connections,
    warmupMs: 1_000,
    measureMs: options.seconds * 1_000,
  });
  const of = (subject: string): Round[] => rounds.filter((round) => round.subject === subject);
  return { bare: capacity(of('bare')), gateway: plain.gateway && capacity(of('gateway')) };
}

function capacity(rounds: readonly Round[]): Capacity {
  const valid = rounds.filter((round) => round.voidBecause === undefined);
  const rate = ({ load }: Round): number => (load.answered / load.elapsedMs) * 1_000;
  return {
    requestsPerSecond: median(valid.map(rate)),
    requestsPerCpuSecond: median(valid.map((round) => rate(round) / round.cpu.measured)),
    strangers: median(valid.map(({ cpu }) => cpu.strangers)),
    rounds: rounds.length,
    voidRounds: rounds.length - valid.length,
  };
}
