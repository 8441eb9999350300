import { readFile } from 'node:fs/promises';

/** Resident memory of a process, MiB, from /proc. */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  if (kib === undefined) throw new Error(`/proc says nothing of the memory of ${pid}`);
  return Number(kib) / 1_024;
}
