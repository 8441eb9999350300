/**
 * Ids of a conversation's calls as a provider takes them, each for one call alone, which some insist on: there are models
 * that count their calls anew in every turn, and clients that keep what those said. A result belongs to the earliest call
 * of its id that has none.
 */
export class UniqueCallIds {
  private readonly taken = new Set<string>();
  /** By the client's id: what its calls are called here that have no result yet. */
  private readonly open = new Map<string, string[]>();
  private readonly latest = new Map<string, string>();

  /** @param fit an id of the form that the provider takes; the same for the same id */
  constructor(private readonly fit: (id: string) => string) {}

  ofCall(id: string): string {
    let own = this.fit(id);
    for (let n = 2; this.taken.has(own); n += 1) own = this.fit(`${id}_${n}`);
    this.taken.add(own);
    this.latest.set(id, own);
    const open = this.open.get(id);
    if (open) open.push(own);
    else this.open.set(id, [own]);
    return own;
  }

  /** A second result of the same call has the id of the first. */
  ofResult(id: string): string {
    return this.open.get(id)?.shift() ?? this.latest.get(id) ?? this.fit(id);
  }
}
