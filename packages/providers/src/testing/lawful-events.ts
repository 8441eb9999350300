import type { ChatEvent } from '@trunkline/contracts';

/**
 * What breaks the order that `ChatEvent` promises, in words; null when nothing does.
 * @param events of one stream, whole or cut
 */
export function unlawful(events: readonly ChatEvent[]): string | null {
  const finished = new Map<number, string>();
  const calls = new Set<string>();
  let hasFailed = false;
  for (const [i, event] of events.entries()) {
    if (hasFailed) return `${event.type} after an error`;
    if (event.type === 'error') {
      hasFailed = true;
      continue;
    }
    if (i > 0 && event.type === 'start') return 'a second start';
    if (i === 0 && event.type !== 'start') return `${event.type} before the start`;
    if (event.type === 'tool_call_start') {
      const call = `${event.choice}.${event.index}`;
      if (calls.has(call)) return 'a call that starts twice';
      if (event.id === '') return 'a call without an id';
      calls.add(call);
    }
    if (event.type === 'tool_call_arguments' && !calls.has(`${event.choice}.${event.index}`))
      return 'arguments of a call that has not begun';
    if (event.type === 'finish') {
      if (finished.get(event.choice) === event.reason) return 'a choice that ends twice in the same way';
      finished.set(event.choice, event.reason);
    }
    const wrong = event.type === 'usage' ? wrongUnits(event.usage) : null;
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongUnits(usage: Readonly<Record<string, number>>): string | null {
  for (const [bucket, units] of Object.entries(usage)) {
    if (!Number.isSafeInteger(units) || units <= 0) return `${units} units in ${bucket}`;
  }
  return null;
}
