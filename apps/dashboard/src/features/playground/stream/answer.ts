/** An attempt as the gateway tells it in the last frame. */
export interface ToldAttempt {
  provider: string;
  model: string;
  outcome: string;
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
  firstTokenMs: null,
  durationMs: null,
  promptTokens: null,
  completionTokens: null,
  costNanoUsd: null,
  finishReason: null,
  failure: null,
};

/** Tokens a second behind the first one; null before there are two. */
export function tokensPerSecond({ completionTokens, firstTokenMs, durationMs }: Answer): number | null {
  if (completionTokens === null || completionTokens < 2 || firstTokenMs === null || durationMs === null)
    return null;
  return durationMs > firstTokenMs ? ((completionTokens - 1) / (durationMs - firstTokenMs)) * 1_000 : null;
}
