import { resolveLocalReference } from '@trunkline/contracts';
import { isRecord, type JsonRecord } from '../loose-json.js';

/** Where a reference may stay, since what it leads to stays where it is. */
const DEFINITION = /^#\/(?:\$defs|definitions)\/[^/]+$/;

/** The references of one schema. */
export class References {
  private cyclic: boolean | null = null;

  constructor(private readonly root: JsonRecord) {}

  /** What a reference leads to; null where it leads out of the schema or nowhere. */
  target(reference: string): JsonRecord | null {
    const target = resolveLocalReference(this.root, reference);
    return isRecord(target) ? target : null;
  }

  /** It leads to a definition, or to the whole. */
  isStable(reference: string): boolean {
    return reference === '#' || DEFINITION.test(reference);
  }

  /** Some schema contains itself. */
  get hasCycle(): boolean {
    this.cyclic ??= this.findCycle();
    return this.cyclic;
  }

  /** Walks what references lead to, depth first and without recursion: each target once. */
  private findCycle(): boolean {
    const done = new Set<string>();
    const onPath = new Set<string>(['#']);
    const path = [{ reference: '#', rest: referencesIn(this.root, true) }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        done.add(top.reference);
        onPath.delete(top.reference);
        path.pop();
      } else if (onPath.has(next)) return true;
      else if (!done.has(next)) {
        onPath.add(next);
        path.push({ reference: next, rest: referencesIn(this.target(next), false) });
      }
    }
    return false;
  }
}

/** @param isRoot definitions are part of it and yet not what it says itself */
function referencesIn(schema: unknown, isRoot: boolean): string[] {
  const found: string[] = [];
  const open: unknown[] = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === null || typeof node !== 'object') continue;
    for (const [key, child] of Object.entries(node)) {
      if (key === '$ref' && typeof child === 'string') found.push(child);
      else if (!(isRoot && node === schema && (key === '$defs' || key === 'definitions'))) open.push(child);
    }
  }
  return found;
}
