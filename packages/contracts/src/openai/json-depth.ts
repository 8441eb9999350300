/**
 * Whether a parsed JSON value is nested deeper than `max` levels. Walks without recursion, so that no depth can
 * overflow the stack; strings cost nothing, whatever their size.
 */
export function isDeeperThan(value: unknown, max: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > max) return true;
    const next: object[] = [];
    for (const parent of level) {
      if (Array.isArray(parent)) {
        for (const child of parent) if (child !== null && typeof child === 'object') next.push(child);
        continue;
      }
      for (const key in parent) {
        const child: unknown = (parent as Record<string, unknown>)[key];
        if (child !== null && typeof child === 'object') next.push(child);
      }
    }
    level = next;
  }
  return false;
}
