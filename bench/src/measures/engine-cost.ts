import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the engine itself costs, µs of one core. */
export interface EngineCost {
  /** A plan of which the first target answers. */
  readonly happyUs: number;
  /** A plan of which the first target fails and the second answers: two attempts and the decision between them. */
  readonly failedOverUs: number;
}

const WARM_UP = 20_000;
const PLANS = 100_000;

type Attempt =
  | { kind: 'committed'; answer: string }
  | { kind: 'failed'; failure: { outcome: string }; clock: null };

/** The parts of the built gateway that are run here; their sources say what they promise. */
interface Engine {
  runPlan: (input: object) => Promise<{ kind: string }>;
  CircuitBreakers: new () => object;
  Cancellation: new () => object;
  systemClock: { now(): number };
  sketchTarget: (name: string) => object;
  sketchFailure: (outcome: string) => { outcome: string };
}

async function loadEngine(root: string): Promise<Engine> {
  const folder = join(root, 'apps', 'gateway', 'dist', 'failover');
  const files = ['attempt-runner', 'circuit-breaker', 'cancellation', 'clock', 'testing/sketch-target'];
  const parts = await Promise.all(
    files.map((file) => import(pathToFileURL(join(folder, `${file}.js`)).href) as Promise<object>),
  );
  return Object.assign({}, ...parts) as Engine;
}

/** Runs plans of three targets against targets that answer at once: what remains is choice, breakers and trail. */
export async function measureEngineCost(root: string): Promise<EngineCost> {
  const engine = await loadEngine(root);
  return { happyUs: await run(engine, 0), failedOverUs: await run(engine, 1) };
}

async function run(engine: Engine, failures: number): Promise<number> {
  const { runPlan, CircuitBreakers, Cancellation, systemClock, sketchTarget, sketchFailure } = engine;
  const targets = ['first', 'second', 'third'].map((name) => sketchTarget(name));
  // An empty answer says nothing about health: breakers stay closed, and every plan has its decision.
  const failure = sketchFailure('empty');
  const breakers = new CircuitBreakers();
  const one = async (): Promise<void> => {
    let asked = 0;
    const send = (): Promise<Attempt> => {
      asked += 1;
      return Promise.resolve(
        asked <= failures ? { kind: 'failed', failure, clock: null } : { kind: 'committed', answer: 'text' },
      );
    };
    const result = await runPlan({
      targets,
      clock: systemClock,
      breakers,
      streamed: true,
      deadlineMs: systemClock.now() + 60_000,
      cancellation: new Cancellation(),
      trail: [],
      newId: () => 'id',
      send,
      discard: () => {},
      random: Math.random,
    });
    if (result.kind !== 'committed' || asked !== failures + 1)
      throw new Error(`the engine did not run as it should: ${result.kind} after ${asked} attempts`);
  };
  for (let plan = 0; plan < WARM_UP; plan += 1) await one();
  const before = process.cpuUsage();
  for (let plan = 0; plan < PLANS; plan += 1) await one();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PLANS;
}
