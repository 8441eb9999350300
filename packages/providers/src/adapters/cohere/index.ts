import { cohereEmbed, cohereRerank } from '../../cohere-endpoints/index.js';
import { tellForeignState } from '../../foreign-state.js';
import { tellSmallMembers } from '../../small-members.js';
import type { ProviderAdapter } from '../../types.js';
import { classifyCohere } from './failure.js';
import { COHERE_PLAN_FORMAT, COHERE_THINKING_FORMAT } from './format.js';
import { COHERE_PARAMETERS } from './parameters.js';
import { buildChatRequest, unsupportedParameters } from './request.js';
import { parseChat } from './response.js';
import { CohereDecoder } from './stream.js';

/** A file's name is the title of its text. */
const TAKEN = new Set(['detail', 'filename']);

/**
 * Cohere's own interface. What differs and needs nothing done here: usage stands in every stream without being asked
 * for; the OpenAI-format route loses plans, thoughts and citations and is not used; newer models are held to trial limits
 * also on paid keys, which shows as a 429 like any other.
 * https://docs.cohere.com/reference/chat
 */
export const cohere: ProviderAdapter = {
  id: 'cohere',
  name: 'Cohere',
  protocol: 'cohere',
  baseUrl: 'https://api.cohere.com/v2',
  docsUrl: 'https://docs.cohere.com/reference/chat',
  auth: { type: 'bearer' },
  chat: {
    protocol: 'cohere-chat',
    namesModel: false,
    parameters: () => COHERE_PARAMETERS,
    unsupported: unsupportedParameters,
    // Plans and thoughts are plain text here, and its own go back.
    buildRequest: (call) =>
      tellSmallMembers(
        tellForeignState(buildChatRequest(call), call.request, {
          formats: [COHERE_PLAN_FORMAT, COHERE_THINKING_FORMAT],
        }),
        call.request,
        COHERE_PARAMETERS,
        { taken: TAKEN },
      ),
    parseAnswer: parseChat,
    classifyFailure: classifyCohere,
    decoder: () => new CohereDecoder(),
  },
  endpoints: { embeddings: cohereEmbed, rerank: cohereRerank({ path: '/rerank' }) },
};
