/** What the drawing needs of an attempt. Times are milliseconds after the call began. */
export interface TrackAttempt {
  number: number;
  providerId: string;
  label: string;
  startedMs: number;
  durationMs: number;
  firstTokenMs: number | null;
  outcome: string;
  committed: boolean;
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
const NARROWEST = 0.012;

/** Lays attempts out in time: each stretch as long as it took, and a later one below its predecessor. */
export function layOutTrack(attempts: readonly TrackAttempt[], totalMs: number): TrackStretch[] {
  const span = Math.max(1, totalMs, ...attempts.map((attempt) => attempt.startedMs + attempt.durationMs));
  return attempts.map((attempt, lane) => {
    const from = Math.min(attempt.startedMs / span, 1 - NARROWEST);
    const to = Math.min(1, Math.max(from + NARROWEST, (attempt.startedMs + attempt.durationMs) / span));
    const firstToken = attempt.firstTokenMs === null ? null : Math.min(to, (attempt.startedMs + attempt.firstTokenMs) / span);
    return { ...attempt, lane, from, to, firstToken, arrived: attempt.outcome === 'success' };
  });
}

/** One sentence for those who cannot see the drawing. */
export function describeTrack(attempts: readonly TrackAttempt[]): string {
  if (attempts.length === 0) return 'No attempt was made.';
  return attempts
    .map((attempt) => {
      const end = attempt.outcome === 'success' ? 'answered' : `failed (${attempt.outcome.replaceAll('_', ' ')})`;
      return `Attempt ${attempt.number}, ${attempt.label}: ${end} after ${attempt.durationMs} ms.`;
    })
    .join(' ');
}
