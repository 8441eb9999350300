import { readdirSync, readFileSync } from 'node:fs';

/** Direct and indirect children of a process, from /proc. */
function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  const found: number[] = [];
  const queue = [pid];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const own = children.get(next) ?? [];
    found.push(...own);
    queue.push(...own);
  }
  return found;
}

/**
 * Stops a process and all its children where they stand: a frozen machine, not a busy one. Nothing is closed.
 * @returns what lets them go on
 */
export function freezeProcesses(pid: number): () => void {
  // The parent first: it begets nobody any more.
  process.kill(pid, 'SIGSTOP');
  const children = descendants(pid);
  for (const child of children) signal(child, 'SIGSTOP');
  return () => {
    for (const each of [...children.toReversed(), pid]) signal(each, 'SIGCONT');
  };
}

/** A child that has ended meanwhile needs no signal. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
