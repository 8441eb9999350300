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
  /** Why this target was asked; `hedge` is one that was asked beside a slow one. */
  reason: string;
  /** Its content reached the client first. */
  committed: boolean;
  /** Where it went on with an answer that had broken off; null for one that did not. */
  splice: { mode: string; atCharacters: number; skippedCharacters: number } | null;
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
  /** Red is for what failed: a line that lost a race, or whose client left, did not. */
  signal: 'line' | 'stop' | 'idle';
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
    const arrived = attempt.outcome === 'success';
    return { ...attempt, lane, from, to, firstToken, arrived, signal: signalOf(attempt) };
  });
}

function signalOf({ outcome }: TrackAttempt): TrackStretch['signal'] {
  if (outcome === 'success') return 'line';
  return outcome === 'cancelled' ? 'idle' : 'stop';
}

/** What the splice was, in a few words; empty for an attempt without one. */
export function spliceWords({ splice }: Pick<TrackAttempt, 'splice'>): string {
  if (!splice) return '';
  if (splice.mode === 'restart') return 'began anew';
  return `went on at character ${splice.atCharacters}`;
}

/** The time that the whole width stands for. */
export function trackSpanMs(attempts: readonly TrackAttempt[], totalMs: number): number {
  return Math.max(1, totalMs, ...attempts.map(({ startedMs, durationMs }) => startedMs + durationMs));
}

/** One sentence for those who cannot see the drawing. */
export function describeTrack(attempts: readonly TrackAttempt[]): string {
  if (attempts.length === 0) return 'No attempt was made.';
  return attempts
    .map((attempt) => {
      const { number, providerId, durationMs, reason } = attempt;
      const beside = reason === 'hedge' ? ' beside the slow one' : '';
      const spliced = attempt.splice ? `${spliceWords(attempt)}, ` : '';
      return `Attempt ${number}, ${providerId}${beside}: ${spliced}${endWords(attempt)} after ${durationMs} ms.`;
    })
    .join(' ');
}

function endWords({ outcome, outcomeWords, committed }: TrackAttempt): string {
  if (outcome === 'success') return 'answered';
  if (outcome === 'cancelled') return 'cancelled';
  return committed ? `broke off (${outcomeWords})` : `failed (${outcomeWords})`;
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
