const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,204,331` */
export function countText(count: number): string {
  return whole.format(count);
}

const SCALES = [
  { from: 1_000_000_000, suffix: 'B' },
  { from: 1_000_000, suffix: 'M' },
  { from: 10_000, suffix: 'k', by: 1_000 },
] as const;

/** Short enough for an axis or a stat: `9,431`, `12.4k`, `3.1M`. */
export function shortCount(count: number): string {
  const scale = SCALES.find(({ from }) => count >= from);
  if (!scale) return whole.format(count);
  const scaled = count / ('by' in scale ? scale.by : scale.from);
  return `${scaled >= 100 ? Math.round(scaled) : Number(scaled.toFixed(1))}${scale.suffix}`;
}

/** Tokens of a window: `128k`, `1M`, `8,192`. */
export function windowText(tokens: number | null): string {
  if (tokens === null) return '–';
  if (tokens >= 1_000_000) return `${Number((tokens / 1_000_000).toFixed(2))}M`;
  return tokens >= 10_000 ? `${Math.round(tokens / 1_000)}k` : whole.format(tokens);
}

/** `0.4 %` of parts per million; two digits that matter below ten. */
export function shareText(partsPerMillion: number): string {
  const percent = partsPerMillion / 10_000;
  if (percent === 0) return '0%';
  if (percent < 0.01) return '<0.01%';
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))}%`;
}

/** `340 ms`, `2.1 s`, `3 min 4 s`; a dash where nothing was measured. */
export function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1_000)} s`;
}

/** `1 key`, `3 keys`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : many}`;
}
