/** A round step so that an axis has at most `most` lines. */
function niceStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return step * power;
}

/** Top of the axis and its lines, from zero. A chart without values has an axis up to one. */
export function axisOf(highest: number, most = 4): { top: number; ticks: number[] } {
  if (!(highest > 0)) return { top: 1, ticks: [0] };
  const step = niceStep(highest, most);
  const count = Math.ceil(highest / step - 1e-9);
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

/** Places of about `most` labels along an axis of `count` intervals. */
export function labelPlaces(count: number, most = 6): number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}
