import type { Simulator } from '../platform/simulator.js';
import type { Peer } from '../platform/bench-peers.js';
import type { Subject } from '../platform/subject.js';
import type { BenchProcess } from '../processes/bench-process.js';
import { type Measured, runLoad } from '../processes/run-load.js';
import type { LoadJob } from '../load/load-job.js';
import { jobFor } from '../platform/subject.js';

/** The same three ways to one upstream. */
export interface Lineup {
  readonly upstreamProcess: BenchProcess;
  readonly upstream: Subject;
  readonly bare: Subject;
  /** Undefined while there is none to measure. */
  readonly gateway: Subject | undefined;
  /** A gateway of its own that is asked without rescue. */
  readonly unarmed?: Subject;
}

/** Everything that measurements need. */
export interface Stage {
  readonly generator: BenchProcess;
  readonly core: number | undefined;
  readonly simulator: Simulator;
  readonly source: Peer;
  /** Ways to the simulator in canned mode. */
  readonly plain: Lineup;
  /** Ways to the source of stamped chunks. */
  readonly stamped: Lineup;
  readonly say: (line: string) => void;
}

/** Which round of which way it was, and what was seen. */
export interface Round extends Measured {
  readonly subject: Subject['name'];
  readonly round: number;
}

/** Measures these ways in turn, round after round: A B A B, so that what changes on the machine meets all of them. */
export async function inTurn(
  stage: Stage,
  lineup: Lineup,
  subjects: readonly (Subject | undefined)[],
  rounds: number,
  stream: boolean,
  job: Omit<LoadJob, 'port' | 'path' | 'headers' | 'body'>,
): Promise<Round[]> {
  const seen: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const subject of subjects) {
      if (!subject) continue;
      const cast = {
        generator: stage.generator,
        measured: subject.process,
        upstream: lineup.upstreamProcess,
        core: stage.core,
      };
      const measured = await runLoad(cast, jobFor(subject, stream, job));
      seen.push({ ...measured, subject: subject.name, round });
      if (measured.voidBecause)
        stage.say(`  round ${round} of ${subject.name} is void: ${measured.voidBecause}`);
    }
  }
  return seen;
}
