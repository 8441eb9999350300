/** How much a provider takes in one request. */
export interface BatchLimits {
  readonly items: number;
  /** Of all items together; an item that is larger goes alone. */
  readonly characters?: number;
}

/** Cuts a list into pieces that a provider takes, in order. */
export function inBatches<Item>(
  items: readonly Item[],
  limits: BatchLimits,
  sizeOf: (item: Item) => number,
): Item[][] {
  const batches: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = batches.at(-1);
    if (last && last.length < limits.items && size <= room) {
      last.push(item);
      room -= size;
    } else {
      batches.push([item]);
      room = (limits.characters ?? Number.POSITIVE_INFINITY) - size;
    }
  }
  return batches;
}
