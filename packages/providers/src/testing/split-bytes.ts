/** Cuts bytes at the given places; places outside and repeated ones are left out. */
export function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const inner = [...new Set(cuts)].filter((cut) => cut > 0 && cut < bytes.length).sort((a, b) => a - b);
  const edges = [0, ...inner, bytes.length];
  return edges.slice(1).map((end, i) => Buffer.from(bytes.subarray(edges[i], end)));
}
