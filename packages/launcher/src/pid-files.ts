import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, processToken, ServiceProblem, type StopStep } from '@trunkline/local-services';

/** A process that a file in the run folder names and that really is the one that was started. */
export interface RecordedProcess {
  name: string;
  pid: number;
  token: string;
}

/** The run folder: `<name>.pid` holds the pid and nothing else, `<name>.started` tells that process from a later one with its pid. */
export class PidFiles {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  write(name: string, pid: number, token: string): void {
    writeFileSync(this.path(name, 'started'), `${token}\n`);
    writeFileSync(this.path(name, 'pid'), `${pid}\n`);
  }

  remove(name: string): void {
    rmSync(this.path(name, 'pid'), { force: true });
    rmSync(this.path(name, 'started'), { force: true });
  }

  /** The recorded process, if it still runs. */
  find(name: string): RecordedProcess | undefined {
    const pid = Number(this.read(name, 'pid'));
    const token = this.read(name, 'started');
    if (!Number.isSafeInteger(pid) || pid < 2 || token === '' || processToken(pid) !== token)
      return undefined;
    return { name, pid, token };
  }

  /** Every recorded process that still runs. */
  running(): RecordedProcess[] {
    const names = readdirSync(this.folder).filter((file) => file.endsWith('.pid'));
    return names
      .map((file) => this.find(file.slice(0, -'.pid'.length)))
      .filter((found) => found !== undefined);
  }

  private path(name: string, kind: string): string {
    return join(this.folder, `${name}.${kind}`);
  }

  private read(name: string, kind: string): string {
    try {
      return readFileSync(this.path(name, kind), 'utf8').trim();
    } catch {
      return '';
    }
  }
}

/**
 * Ends what an earlier, killed launcher left, in the order of a normal stop: first those that hold requests.
 *
 * @param stageOf 0 for what ends first; what has the same number ends at the same time
 * @throws ServiceProblem naming a process that does not end
 */
export async function endLeftovers(
  files: PidFiles,
  stageOf: (name: string) => number,
  stepsOf: (name: string) => readonly StopStep[],
): Promise<string[]> {
  const left = files.running().filter(({ name }) => name !== 'launcher');
  const stages = [...new Set(left.map(({ name }) => stageOf(name)))].sort((a, b) => a - b);
  for (const stage of stages) {
    const members = left.filter(({ name }) => stageOf(name) === stage);
    await Promise.all(members.map((member) => end(files, member, stepsOf(member.name))));
  }
  return left.map(({ name }) => name);
}

async function end(
  files: PidFiles,
  { name, pid, token }: RecordedProcess,
  steps: readonly StopStep[],
): Promise<void> {
  if (!(await endProcess(pid, token, steps))) {
    throw new ServiceProblem(
      `The ${name} of an earlier start (process ${pid}) does not end: end it with "kill -9 ${pid}", then start again.`,
    );
  }
  files.remove(name);
}
