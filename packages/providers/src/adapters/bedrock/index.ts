import { tellForeignState } from '../../foreign-state.js';
import { tellDropped, tellSmallMembers } from '../../small-members.js';
import type { ProviderAdapter } from '../../types.js';
import { classifyBedrock } from './failure.js';
import { bedrockEmbed, bedrockImages, bedrockRerank } from './invoke/index.js';
import { traitsOf, type ModelTraits } from './model-traits.js';
import { CONVERSE_PARAMETERS } from './parameters.js';
import { buildConverseRequest, unsupportedParameters } from './request.js';
import { parseConverse } from './response.js';
import { ConverseDecoder } from './stream.js';
import { countConverseTokens } from './token-count.js';

/**
 * Amazon Bedrock by way of Converse, one form for models of every maker. What differs and needs nothing done here: an
 * inference profile is a model's id of its own (`us.`, `eu.`, `global.`), which the catalog's offers name, with its price;
 * Claude by InvokeModel says no more than Claude by Converse; the OpenAI-format addresses (`…/openai/v1`, Mantle) are
 * endpoints of their own, to be entered as such, and the models that are sold there alone are refused here; tiers and
 * optimized latency change the price and are not asked for.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrock: ProviderAdapter = {
  id: 'bedrock',
  name: 'Amazon Bedrock',
  protocol: 'bedrock',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  docsUrl: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
  auth: { type: 'aws', service: 'bedrock' },
  chat: {
    protocol: 'bedrock-converse',
    framing: 'aws-event-stream',
    namesModel: false,
    parameters: () => CONVERSE_PARAMETERS,
    unsupported: unsupportedParameters,
    buildRequest: (call) => {
      const traits = traitsOf(call.model);
      const built = tellForeignState(buildConverseRequest(call), call.request, {
        formats: [traits.reasoningFormat],
      });
      const told = tellSmallMembers(built, call.request, CONVERSE_PARAMETERS, { taken: takenBy(traits) });
      const isShown = !traits.claude && call.request.include_reasoning === false;
      return isShown ? tellDropped(told, ['include_reasoning']) : told;
    },
    parseAnswer: parseConverse,
    classifyFailure: classifyBedrock,
    decoder: ({ names }) => new ConverseDecoder(names),
    tokenCounting: countConverseTokens,
  },
  endpoints: { embeddings: bedrockEmbed, images: bedrockImages, rerank: bedrockRerank },
};

/** Marks that a model does not take are told with what else it does not. */
function takenBy({ claude, readsFailures }: ModelTraits): ReadonlySet<string> {
  return new Set([
    ...['cache_control', 'tools.cache_control', 'filename'],
    ...(readsFailures ? ['is_error'] : []),
    // An hour is Claude's alone.
    ...(claude ? ['cache_control.ttl', 'reasoning.exclude'] : []),
  ]);
}
