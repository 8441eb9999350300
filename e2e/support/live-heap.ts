import { eventually } from './eventually.js';

const MIB = 1_024 * 1_024;
const OPEN_LIMIT_MS = 10_000;

export interface NodeProcess {
  pid: number;
  /** Where it opens its inspector when it is asked to. */
  inspectPort: number;
}

interface InspectorReply {
  id: number;
  /** Of `Runtime.getHeapUsage`, bytes. */
  result: { usedSize?: number; backingStorageSize?: number };
}

/**
 * What a Node.js process keeps, MiB: its heap in use and its buffers, behind a full collection. Its resident size would
 * say how lazily V8 collects.
 */
export async function liveHeapMiB({ pid, inspectPort }: NodeProcess): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorUrl(inspectPort));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  try {
    await ask(socket, 1, 'HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await ask(socket, 2, 'Runtime.getHeapUsage');
    if (usedSize === undefined) throw new Error(`the inspector of ${pid} does not say how large its heap is`);
    return (usedSize + backingStorageSize) / MIB;
  } finally {
    socket.close();
  }
}

function inspectorUrl(port: number): Promise<string> {
  return eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = answer ? ((await answer.json()) as { webSocketDebuggerUrl: string }[]) : [];
    return target?.webSocketDebuggerUrl ?? null;
  }, OPEN_LIMIT_MS);
}

function ask(socket: WebSocket, id: number, method: string): Promise<InspectorReply['result']> {
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent): void => {
      const reply = JSON.parse(String(data)) as InspectorReply;
      if (reply.id !== id) return;
      socket.removeEventListener('message', listen);
      resolve(reply.result);
    };
    socket.addEventListener('message', listen);
    socket.addEventListener('close', () => reject(new Error(`${method}: the process is gone`)), {
      once: true,
    });
    socket.send(JSON.stringify({ id, method }));
  });
}
