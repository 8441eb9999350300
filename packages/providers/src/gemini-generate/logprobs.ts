import { isRecord, recordOf, textOf } from '../loose-json.js';
import { tokenLogprob, type TokenLogprob } from '../token-logprob.js';

/**
 * Gemini's log probabilities as chat tells them: the tokens that were chosen, each with the best of those that might have
 * been. https://ai.google.dev/api/generate-content#LogprobsResult
 * @returns none where the candidate has none
 */
export function logprobsOf(result: unknown): TokenLogprob[] {
  const { chosenCandidates: chosen, topCandidates: top } = recordOf(result);
  const steps = Array.isArray(top) ? (top as unknown[]) : [];
  return listOf(chosen).map((candidate, i) => ({
    ...candidate,
    top_logprobs: listOf(recordOf(steps[i])['candidates']).map(({ token, logprob, bytes }) => ({
      token,
      logprob,
      bytes,
    })),
  }));
}

function listOf(candidates: unknown): TokenLogprob[] {
  if (!Array.isArray(candidates)) return [];
  return (candidates as unknown[]).filter(isRecord).map(({ token, logProbability }) =>
    // Zero is left out, as everywhere in Google's JSON.
    tokenLogprob(textOf(token), typeof logProbability === 'number' ? logProbability : 0),
  );
}
