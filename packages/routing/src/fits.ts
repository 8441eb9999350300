import type { Candidate, ModelCandidates } from './candidates.js';
import type { ModelReading } from './model-name.js';
import type { LeftOutReason } from './plan.js';
import type { RequestNeeds } from './request-needs.js';

/**
 * A prompt is left out of a context window only when its estimate is beyond it by this factor: estimates err, and the
 * provider has the last word.
 */
const CONTEXT_TOLERANCE = 1.25;

/** Why a candidate cannot serve what was asked for, by name and variant; null when it can. */
export function misfitOfReading(
  candidate: Candidate,
  reading: ModelReading,
  all: ModelCandidates,
  takesFree: boolean,
): LeftOutReason | null {
  const { offer, model } = candidate;
  if (reading.pinnedProvider !== null && offer.providerId !== reading.pinnedProvider) return 'not_pinned';
  if (reading.pinnedOffer !== null && offer.id !== reading.pinnedOffer) return 'not_pinned';
  const onlyAt = reading.name?.onlyAt;
  if (onlyAt?.length && !onlyAt.includes(offer.providerId)) return 'not_this_version';
  if (reading.variant === 'free') return offer.billing === 'paygo' ? 'not_free' : null;
  if (offer.billing !== 'paygo' && !(takesFree && offer.billing === 'free')) return 'not_paygo';
  switch (reading.variant) {
    case 'extended': {
      const context = offer.contextWindow ?? model.contextWindow;
      return context !== null && context === all.longestContext ? null : 'not_longest';
    }
    case 'thinking':
      return model.capabilities['reasoning'] === true ? null : 'no_reasoning';
    case 'exacto':
      if (model.capabilities['tools'] !== true) return 'no_tools';
      return model.capabilities['structured_outputs'] === true ? null : 'no_json_schema';
    case 'floor':
    case 'nitro':
    case null:
      return null;
  }
}

/** Why a candidate cannot serve the request itself; null when it can. What no source says is taken as possible. */
export function misfitOfNeeds(candidate: Candidate, needs: RequestNeeds): LeftOutReason | null {
  const { model, offer } = candidate;
  const can = model.capabilities;
  if (needs.tools && can['tools'] === false) return 'no_tools';
  if (needs.images && !model.inputModalities.includes('image') && can['vision'] !== true) return 'no_images';
  if (needs.audio && !model.inputModalities.includes('audio')) return 'no_audio';
  if (needs.jsonSchema && can['structured_outputs'] === false) return 'no_json_schema';
  const context = offer.contextWindow ?? model.contextWindow;
  if (context !== null && needs.promptTokens > context * CONTEXT_TOLERANCE) return 'context_window';
  return null;
}
