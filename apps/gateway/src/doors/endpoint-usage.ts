import { completionTokens, promptTokens, type Usage } from '@trunkline/contracts';
import { usageObject } from '../billing/usage-object.js';
import type { EndpointFacts } from './endpoint-door.js';

type Facts = Pick<EndpointFacts, 'usage' | 'costs'>;

/** What every endpoint says of the cost. */
export function costFields({ usage, costs }: Facts) {
  const { cost, is_byok, cost_details } = usageObject(usage, costs);
  return { cost, is_byok, cost_details };
}

/** Of embeddings and rankings. */
export function promptUsageObject(facts: Facts) {
  const tokens = promptTokens(facts.usage);
  return { prompt_tokens: tokens, total_tokens: tokens, ...costFields(facts) };
}

/** Of images, speech and transcripts, which say what tokens are made of. */
export function tokenUsageObject(facts: Facts) {
  const { usage } = facts;
  const input = promptTokens(usage);
  const output = completionTokens(usage);
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    ...costFields(facts),
  };
}

/** Tokens by what they are made of, those that there are. */
export function tokenDetails(usage: Usage, flow: 'input' | 'output') {
  return {
    text_tokens: usage[`${flow}.text`] ?? 0,
    audio_tokens: usage[`${flow}.audio`] ?? 0,
    image_tokens: usage[`${flow}.image`] ?? 0,
  };
}
