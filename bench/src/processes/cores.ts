import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Who runs where. */
export interface Cores {
  /** Core of what is measured; undefined where nothing can be pinned. */
  readonly measured: number | undefined;
  /** A sentence for the report. */
  readonly described: string;
}

/** Keeps this process, and so all that it starts, off the last core, which is for what is measured alone. */
export function divideCores(): Cores {
  const allowed = allowedCores();
  const measured = allowed.at(-1);
  if (allowed.length < 2 || measured === undefined) {
    return {
      measured: undefined,
      described: `not pinned: ${allowed.length || 'an unknown number of'} core(s)`,
    };
  }
  const others = allowed.slice(0, -1).join(',');
  const pinned = spawnSync('taskset', ['-a', '-c', '-p', others, String(process.pid)], { stdio: 'ignore' });
  if (pinned.status !== 0) return { measured: undefined, described: 'not pinned: there is no taskset' };
  return { measured, described: `measured process on core ${measured}, all else on ${others}` };
}

/** Cores that this process may use, from a list like `0-2,5`. Empty where the system does not say. */
function allowedCores(): number[] {
  let status: string;
  try {
    status = readFileSync('/proc/self/status', 'utf8');
  } catch {
    return [];
  }
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
