import type { ChatRequest } from '@trunkline/contracts';
import { classifyResponse } from '../failure/index.js';
import { tellForeignState } from '../foreign-state.js';
import { namesOfRemoteFiles } from '../kept-objects.js';
import { tellDropped, tellSmallMembers } from '../small-members.js';
import type { ChatAdapter } from '../types.js';
import { RESPONSES_PARAMETERS } from './parameters.js';
import { buildNativeRequest } from './native-request.js';
import { buildResponsesRequest, unsupportedParameters } from './request.js';
import { readableFormats } from './reasoning-state.js';
import { parseResponse } from './response.js';
import { ResponsesDecoder } from './stream.js';

/** How a provider's Responses differ. */
export interface ResponsesTraits {
  /** `format` of its encrypted reasoning: it names the provider, since no other one can read it. */
  readonly reasoningFormat: string;
  /** Whether prompts are cached up to marks; never where it is left out. */
  readonly takesBreakpoints?: (model: string) => boolean;
  /** By the provider's name for the model. */
  reasons(model: string): boolean;
  /** Whether reasoning can be switched off, which also makes the model take samplers. */
  canStopReasoning(model: string): boolean;
}

const TAKEN: ReadonlySet<string> = new Set([
  ...['detail', 'filename', 'format'],
  ...['exclude', 'summary', 'generate_summary', 'context', 'mode'].map((name) => `reasoning.${name}`),
]);
const TAKEN_WITH_MARKS: ReadonlySet<string> = new Set([...TAKEN, 'cache_control']);

/** A prompt that was flagged. https://platform.openai.com/docs/api-reference/responses/object */
const ERROR_CODES = { invalid_prompt: 'content_policy' } as const;

/**
 * Chat by way of OpenAI's Responses: nothing is kept there (`store` is off), and reasoning goes out and back encrypted.
 * https://platform.openai.com/docs/api-reference/responses
 */
export function defineResponses(traits: ResponsesTraits): ChatAdapter {
  return {
    protocol: 'openai-responses',
    parameters: () => RESPONSES_PARAMETERS,
    unsupported: (request: ChatRequest, model) => unsupportedParameters(request, model, traits),
    buildRequest: (call) => {
      const isNative = call.native?.protocol === 'openai-responses';
      const built =
        isNative && call.native
          ? buildNativeRequest(call, call.native.body, traits)
          : buildResponsesRequest(call, traits);
      const told = tellForeignState(built, call.request, { formats: readableFormats(traits, call.model) });
      if (isNative) return told;
      const taken = traits.takesBreakpoints?.(call.model) ? TAKEN_WITH_MARKS : TAKEN;
      const written = tellSmallMembers(told, call.request, RESPONSES_PARAMETERS, { taken });
      return tellDropped(written, namesOfRemoteFiles(call.request));
    },
    parseAnswer: (body) => parseResponse(body, traits.reasoningFormat, ERROR_CODES),
    classifyFailure: (response) => classifyResponse(response, ERROR_CODES),
    decoder: () => new ResponsesDecoder(traits.reasoningFormat, ERROR_CODES),
  };
}
