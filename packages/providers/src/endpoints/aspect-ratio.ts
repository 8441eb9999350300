/**
 * The ratio nearest to the size that was asked for, for models that draw in ratios.
 * @param ratios `16:9`, width first
 * @returns null where no size was asked for
 */
export function nearestRatio(size: string | null | undefined, ratios: readonly string[]): string | null {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? '') ?? [];
  if (!Number(width) || !Number(height)) return null;
  const wanted = Math.log(Number(width) / Number(height));
  const distance = (ratio: string) => Math.abs(Math.log(valueOf(ratio)) - wanted);
  return ratios.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}

function valueOf(ratio: string): number {
  const [width = '1', height = '1'] = ratio.split(':');
  return Number(width) / Number(height);
}
