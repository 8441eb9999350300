/** What the drawing needs of an attempt. Times are milliseconds after the call began. */
export interface TrackAttempt {
  number: number;
  providerId: string;
  startedMs: number;
  durationMs: number;
  /** After the attempt began; null when none came. */
  firstTokenMs: number | null;
  outcome: string;
  /** The outcome as people say it. */
  outcomeWords: string;
}

export interface TrackStretch extends TrackAttempt {
  /** Lane from the top, one per attempt in order. */
  lane: number;
  /** Share of the whole width, 0…1. */
  from: number;
  to: number;
  /** Where the first token came; null when none did. */
  firstToken: number | null;
  arrived: boolean;
}

/** The narrowest a stretch is drawn, as a share of the width: a refused connection takes no time but happened. */
const NARROWEST = 0.025;

/** Lays attempts out in time: each stretch as long as it took, and a later one below its predecessor. */
export function layOutTrack(attempts: readonly TrackAttempt[], totalMs: number): TrackStretch[] {
  const span = trackSpanMs(attempts, totalMs);
  return attempts.map((attempt, lane) => {
    const from = Math.min(attempt.startedMs / span, 1 - NARROWEST);
    const to = Math.min(1, Math.max(from + NARROWEST, (attempt.startedMs + attempt.durationMs) / span));
    const firstToken =
      attempt.firstTokenMs === null ? null : Math.min(to, (attempt.startedMs + attempt.firstTokenMs) / span);
    return { ...attempt, lane, from, to, firstToken, arrived: attempt.outcome === 'success' };
  });
}

/** The time that the whole width stands for. */
export function trackSpanMs(attempts: readonly TrackAttempt[], totalMs: number): number {
  return Math.max(1, totalMs, ...attempts.map(({ startedMs, durationMs }) => startedMs + durationMs));
}

/** One sentence for those who cannot see the drawing. */
export function describeTrack(attempts: readonly TrackAttempt[]): string {
  if (attempts.length === 0) return 'No attempt was made.';
  return attempts
    .map(({ number, providerId, outcome, outcomeWords, durationMs }) => {
      const end = outcome === 'success' ? 'answered' : `failed (${outcomeWords})`;
      return `Attempt ${number}, ${providerId}: ${end} after ${durationMs} ms.`;
    })
    .join(' ');
}

const STEPS = [1, 2, 5];

/** Round times for the axis, three to six of them. */
export function trackTicks(spanMs: number): number[] {
  let unit = 1;
  for (;;) {
    for (const step of STEPS) {
      const every = step * unit;
      if (spanMs / every <= 6)
        return Array.from({ length: Math.floor(spanMs / every) + 1 }, (_, index) => index * every);
    }
    unit *= 10;
  }
}
