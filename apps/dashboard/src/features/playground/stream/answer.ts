/** An attempt as the gateway tells it in the last frame. */
export interface ToldAttempt {
  provider: string;
  model: string;
  outcome: string;
  /** Where in the answer's text it went on, when another had broken off; null for one that did not. */
  goesOnAt: number | null;
}

export interface AnswerFailure {
  message: string;
  code: string | null;
  status: number;
}

/** One model's answer to one prompt, as far as it has come. */
export interface Answer {
  state: 'waiting' | 'streaming' | 'done' | 'failed' | 'stopped';
  text: string;
  reasoning: string;
  requestId: string | null;
  provider: string | null;
  attempts: readonly ToldAttempt[];
  /** It broke off and another target went on. */
  rescued: boolean;
  firstTokenMs: number | null;
  durationMs: number | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costNanoUsd: string | null;
  finishReason: string | null;
  failure: AnswerFailure | null;
}

export const WAITING: Answer = {
  state: 'waiting',
  text: '',
  reasoning: '',
  requestId: null,
  provider: null,
  attempts: [],
  rescued: false,
  firstTokenMs: null,
  durationMs: null,
  promptTokens: null,
  completionTokens: null,
  costNanoUsd: null,
  finishReason: null,
  failure: null,
};

/** A piece of the text, and who said it where that is not who began. */
export interface SaidBy {
  text: string;
  provider: string | null;
}

/** The text at its splices: what the first target said, and what each that went on said. */
export function piecesOf({ text, attempts }: Answer): SaidBy[] {
  // Who went on and said nothing has its place where the next one went on.
  const places = new Map(
    attempts.flatMap(({ goesOnAt, provider }) =>
      goesOnAt !== null && goesOnAt > 0 && goesOnAt < text.length ? [[goesOnAt, provider]] : [],
    ),
  );
  const starts: [number, string | null][] = [[0, null], ...[...places].toSorted(([a], [b]) => a - b)];
  return starts.map(([start, provider], place) => ({
    text: text.slice(start, starts[place + 1]?.[0]),
    provider,
  }));
}

/** Tokens a second behind the first one; null before there are two. */
export function tokensPerSecond({ completionTokens, firstTokenMs, durationMs }: Answer): number | null {
  if (completionTokens === null || completionTokens < 2 || firstTokenMs === null || durationMs === null)
    return null;
  return durationMs > firstTokenMs ? ((completionTokens - 1) / (durationMs - firstTokenMs)) * 1_000 : null;
}
