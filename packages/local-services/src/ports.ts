import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLine } from './process-identity.js';
import { ServiceProblem } from './service-problem.js';

/**
 * Makes sure that a port can be listened on.
 *
 * @throws ServiceProblem naming the part, the process that holds the port where the system tells, and the variable to set
 */
export async function requireFreePort(
  part: string,
  port: number,
  variable: string,
  host = '127.0.0.1',
): Promise<void> {
  const failure = await tryListen(port, host);
  if (failure === undefined) return;
  if (failure === 'EADDRINUSE') {
    throw new ServiceProblem(
      `Port ${port}, which the ${part} needs, is taken${holder(port)}: stop that process, or set ${variable} to a free port.`,
    );
  }
  if (failure === 'EACCES') {
    throw new ServiceProblem(
      `Port ${port}, which the ${part} needs, is reserved for root: set ${variable} to a port above 1023.`,
    );
  }
  if (failure === 'EADDRNOTAVAIL') {
    throw new ServiceProblem(
      `This machine has no address ${host} for the ${part} to listen on: set BIND to one it has.`,
    );
  }
  throw new ServiceProblem(
    `The ${part} cannot listen on ${host}:${port} (${failure}): set ${variable} to another port.`,
  );
}

function tryListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** ` by process 123 (redis-server *:6379)` on Linux, if we may see it; else nothing. */
function holder(port: number): string {
  const inodes = new Set([
    ...listeningInodes('/proc/net/tcp', port),
    ...listeningInodes('/proc/net/tcp6', port),
  ]);
  if (inodes.size === 0) return '';
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (socketsOf(pid).some((inode) => inodes.has(inode))) {
      return ` by process ${pid} (${commandLine(Number(pid)).slice(0, 80)})`;
    }
  }
  return '';
}

// Columns as in proc_pid_net(5): local address second, state fourth (0A is listening), inode tenth.
function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  try {
    return readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[1]?.endsWith(`:${hexPort}`) && columns[3] === '0A')
      .map((columns) => columns[9] ?? '');
  } catch {
    return [];
  }
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? '';
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}
