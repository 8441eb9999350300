import { statfs } from 'node:fs/promises';
import { ServiceProblem } from './service-problem.js';

const mebibyte = 1024 * 1024;

/**
 * Makes sure that the disk of an existing folder has room.
 *
 * @throws ServiceProblem with both sizes in MB and what to do
 */
export async function requireDiskSpace(folder: string, neededMiB: number): Promise<void> {
  const disk = await statfs(folder);
  const freeMiB = Math.floor((disk.bavail * disk.bsize) / mebibyte);
  if (freeMiB >= neededMiB) return;
  throw new ServiceProblem(
    `The disk that holds ${folder} has ${freeMiB} MB left and ${neededMiB} MB are needed: free some space there, then start again.`,
  );
}
