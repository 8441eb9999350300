import type { Prompt } from '../../content/prompt.js';
import type { ModelOffer } from '../../providers/offers.js';
import type { Fields } from '../read-fields.js';

/** Whether the request switches reasoning on or off, in any of the ways that compatible providers have. */
export function parseReasoning(body: Fields, offer: ModelOffer): Prompt['reasoning'] {
  const reasoning = body.object('reasoning');
  const effort = body.string('reasoning_effort') ?? reasoning?.string('effort');
  const enabled = reasoning?.boolean('enabled');
  const thinking = body.object('thinking')?.string('type');
  const off =
    effort === 'none' ||
    enabled === false ||
    thinking === 'disabled' ||
    body.boolean('enable_thinking') === false;
  if (off) return 'off';
  const asked =
    effort !== undefined ||
    enabled === true ||
    thinking === 'enabled' ||
    reasoning?.has('max_tokens') === true;
  // A model that cannot reason takes the parameter and does nothing with it, as most compatible servers do.
  return asked && offer.reasoning !== false ? 'on' : 'default';
}
