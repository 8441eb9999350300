import { recordOf, textOf } from '../../loose-json.js';
import { tokenLogprob, type TokenLogprob } from '../../token-logprob.js';

/**
 * Cohere's log probabilities as chat tells them. They come for pieces of the text with those of their tokens; the tokens'
 * own texts are not told, so a piece stands as one, with the probability of all its tokens. There are no alternatives.
 * https://docs.cohere.com/reference/chat#response.body.logprobs
 */
export function logprobsOf(pieces: unknown): TokenLogprob[] {
  return (Array.isArray(pieces) ? (pieces as unknown[]) : [pieces]).flatMap((piece) => {
    const { text, logprobs } = recordOf(piece);
    if (!Array.isArray(logprobs) || logprobs.length === 0) return [];
    const sum = (logprobs as unknown[]).reduce<number>(
      (before, one) => before + (typeof one === 'number' ? one : 0),
      0,
    );
    return [tokenLogprob(textOf(text), sum)];
  });
}
