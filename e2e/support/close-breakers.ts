import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.js';
import type { Platform } from './platform.js';

/** Gateway processes of a platform; they have their own ports in a row. */
const PROCESSES = 2;
/** Every process has looked twice by then at what the others know. */
const HEARD_MS = 600;

/** What earlier faults taught the gateways about providers is forgotten: one that was down would be left alone. */
export async function closeBreakers({ ports }: Pick<Platform, 'ports'>): Promise<void> {
  const urls = Array.from({ length: PROCESSES }, (_, slot) => breakersOf(ports.gatewayAdminBase + slot));
  for (const url of urls) {
    const response = await fetch(url, { method: 'DELETE' });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  }
  // Who had not heard of a breaker may still do so until the one that had it has told that it is closed.
  await sleep(HEARD_MS);
  await eventually(async () => {
    const lists = await Promise.all(
      urls.map(async (url) => (await (await fetch(url)).json()) as { breakers: unknown[] }),
    );
    return lists.every(({ breakers }) => breakers.length === 0);
  }, 20_000);
}

function breakersOf(adminPort: number): string {
  return `http://127.0.0.1:${adminPort}/breakers`;
}
