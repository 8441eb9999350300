/** A place of a document at which two versions differ; null where one of them says nothing. */
export interface DocumentChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What changes from one document to another, place by place; a list is one value. */
export function documentChanges(before: object, after: object): DocumentChange[] {
  const [old, now] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .toSorted()
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return found.set(path, Array.isArray(value) ? value.join(', ') || 'none' : String(value));
  }
  for (const [name, inner] of Object.entries(value)) leaves(inner, path ? `${path}.${name}` : name, found);
  return found;
}
