import type { ChatRequest } from '@trunkline/contracts';
import { tellForeignState } from '../foreign-state.js';
import { tellSmallMembers } from '../small-members.js';
import type { ChatAdapter } from '../types.js';
import { classifyGemini } from './failure.js';
import { GEMINI_REASONING_FORMAT } from './format.js';
import { toMediaResolution } from './media-resolution.js';
import { GENERATE_PARAMETERS } from './parameters.js';
import { buildGenerateRequest, unsupportedParameters } from './request.js';
import { parseGenerated } from './response.js';
import { VERTEX_FINISH_NUMBERS } from './finish-reason.js';
import { GeminiDecoder } from './stream.js';
import { countGeneratedTokens, countVertexTokens } from './token-count.js';

export { classifyGemini, countVertexTokens };

const TAKEN = ['is_error', 'reasoning.exclude'];

function takenOf(request: ChatRequest): ReadonlySet<string> {
  return new Set(toMediaResolution(request) === null ? TAKEN : [...TAKEN, 'detail']);
}

/** https://ai.google.dev/api/caching#FunctionDeclaration */
const TOOL_NAMES = /^[A-Za-z_][\w.:-]{0,63}$/;

/** Chat by way of Google's generateContent. https://ai.google.dev/api/generate-content */
export const geminiGenerate: ChatAdapter = {
  protocol: 'gemini-generate',
  toolNames: TOOL_NAMES,
  parameters: () => GENERATE_PARAMETERS,
  unsupported: unsupportedParameters,
  buildRequest: (call) =>
    tellSmallMembers(
      tellForeignState(buildGenerateRequest(call), call.request, {
        formats: [GEMINI_REASONING_FORMAT],
        takesCallExtras: true,
      }),
      call.request,
      GENERATE_PARAMETERS,
      { taken: takenOf(call.request) },
    ),
  parseAnswer: (body) => parseGenerated(body),
  classifyFailure: classifyGemini,
  decoder: (options) => new GeminiDecoder(options),
  tokenCounting: countGeneratedTokens,
};

/** What reads answers of Vertex, which numbers its reasons otherwise. */
export const readingVertex: Pick<ChatAdapter, 'parseAnswer' | 'decoder'> = {
  parseAnswer: (body) => parseGenerated(body, VERTEX_FINISH_NUMBERS),
  decoder: (options) => new GeminiDecoder(options, VERTEX_FINISH_NUMBERS),
};
