/** The parts of a V8 CPU profile that are read here; see https://chromedevtools.github.io/devtools-protocol/tot/Profiler/. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  /** Microseconds of the machine's monotonic clock. */
  readonly startTime: number;
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** Time that was spent in one function itself. */
export interface SelfTime {
  readonly where: string;
  readonly functionName: string;
  readonly selfUs: number;
}

/** Where the time went. */
export interface ProfileSums {
  /** Without idle. */
  readonly busyUs: number;
  readonly groups: readonly { readonly group: string; readonly selfUs: number }[];
  readonly functions: readonly (SelfTime & { readonly group: string })[];
  /** The same time, each part with the nearest function of ours that called it: what its libraries and copies cost. */
  readonly owners: readonly SelfTime[];
}

/**
 * Sums self time by function and by group, largest first. What the process waited is left out, and so is what was
 * before and after `window` (monotonic microseconds): starting up is not what a request costs.
 */
export function sumProfile(
  profile: CpuProfile,
  window: { fromUs: number; toUs: number } = { fromUs: 0, toUs: Infinity },
): ProfileSums {
  const self = new Map<number, number>();
  let atUs = profile.startTime;
  profile.samples.forEach((id, index) => {
    const tookUs = profile.timeDeltas[index] ?? 0;
    atUs += tookUs;
    if (atUs >= window.fromUs && atUs <= window.toUs) self.set(id, (self.get(id) ?? 0) + tookUs);
  });
  const functions = new Map<string, SelfTime & { group: string }>();
  const groups = new Map<string, number>();
  const owners = new Map<string, SelfTime>();
  const ownerOf = findOwners(profile);
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const selfUs = self.get(id) ?? 0;
    const { functionName, url, lineNumber } = callFrame;
    if (selfUs === 0 || functionName === '(idle)') continue;
    const group = groupOf(functionName, url);
    const where = url === '' ? '' : `${shortPath(url)}:${lineNumber + 1}`;
    const key = `${functionName} ${where}`;
    const sum = (functions.get(key)?.selfUs ?? 0) + selfUs;
    functions.set(key, { functionName: functionName || '(anonymous)', where, group, selfUs: sum });
    groups.set(group, (groups.get(group) ?? 0) + selfUs);
    const owner = ownerOf.get(id) ?? NOBODY;
    const ownerKey = `${owner.functionName} ${owner.where}`;
    owners.set(ownerKey, { ...owner, selfUs: (owners.get(ownerKey)?.selfUs ?? 0) + selfUs });
    busyUs += selfUs;
  }
  return {
    busyUs,
    groups: [...groups].map(([group, selfUs]) => ({ group, selfUs })).toSorted(byTime),
    functions: [...functions.values()].toSorted(byTime),
    owners: [...owners.values()].toSorted(byTime),
  };
}

const NOBODY = { functionName: 'nobody of ours: sockets, timers, HTTP parsers, collector', where: '' };
const OURS = /\/(apps|packages|prisma)\/(?!.*node_modules)/;

/** For each node the nearest function of ours, itself included. */
function findOwners({ nodes }: CpuProfile): Map<number, { functionName: string; where: string }> {
  const owners = new Map<number, { functionName: string; where: string }>();
  // A node stands before its children.
  for (const { id, callFrame, children = [] } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    if (OURS.test(url)) {
      owners.set(id, {
        functionName: functionName || '(anonymous)',
        where: `${shortPath(url)}:${lineNumber + 1}`,
      });
    }
    const owner = owners.get(id);
    if (owner) for (const child of children) owners.set(child, owner);
  }
  return owners;
}

function byTime(left: { selfUs: number }, right: { selfUs: number }): number {
  return right.selfUs - left.selfUs;
}

/** Node's part, package or folder of ours that a function belongs to. */
function groupOf(functionName: string, url: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  // Time in system calls and C++ below a JavaScript function counts as that function's own, the rest stands here.
  if (url === '') return 'native code';
  if (url.startsWith('node:')) return `node:${/^node:(?:internal\/)?([\w]+)/.exec(url)?.[1] ?? ''}`;
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  const app = /\/apps\/([^/]+)\/dist\/([^/]+)/.exec(url);
  if (app) return `${app[1]}/${app[2]}`;
  const own = /\/packages\/([^/]+)\/dist\//.exec(url)?.[1];
  return own === undefined ? 'other' : `packages/${own}`;
}

function shortPath(url: string): string {
  return url
    .replace(/^file:\/\//, '')
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/(?=(apps|packages|prisma)\/)/, '');
}
