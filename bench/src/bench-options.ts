import { parseArgs } from 'node:util';

/** Parts of a run, in the order in which they run. */
export const PARTS = [
  'throughput',
  'latency',
  'chunks',
  'events',
  'streams',
  'engine',
  'failover',
  'drain',
] as const;
export type Part = (typeof PARTS)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly write: boolean;
  readonly profile: boolean;
  /** Profile streams instead of plain answers. */
  readonly stream: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly streams: number;
  readonly connections: number;
  readonly parts: ReadonlySet<Part>;
}

/** @throws Error with one sentence that says which option is wrong */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      write: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      stream: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      streams: { type: 'string', default: '500' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string', default: PARTS.join(',') },
    },
  });
  return {
    write: values.write,
    profile: values.profile,
    stream: values.stream,
    rounds: whole('rounds', values.rounds, 1, 50),
    seconds: whole('seconds', values.seconds, 1, 60),
    streams: whole('streams', values.streams, 1, 20_000),
    connections: whole('connections', values.connections, 1, 1_000),
    parts: new Set(values.only.split(',').map(part)),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function part(name: string): Part {
  const found = PARTS.find((known) => known === name);
  if (found) return found;
  throw new Error(`--only knows ${PARTS.join(', ')}, and not "${name}"`);
}
