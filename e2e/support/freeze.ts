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

/** Stops a process and all its children where they stand; the answer lets them go on. */
export function freeze(pid: number): () => void {
  const all = [pid, ...descendants(pid)];
  for (const each of all) process.kill(each, 'SIGSTOP');
  return () => {
    for (const each of all.toReversed()) process.kill(each, 'SIGCONT');
  };
}
