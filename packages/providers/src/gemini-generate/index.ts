import type { ChatAdapter } from '../types.js';
import { classifyGemini } from './failure.js';
import { buildGenerateRequest, unsupportedParameters } from './request.js';
import { parseGenerated } from './response.js';
import { GeminiDecoder } from './stream.js';

export { classifyGemini };

/** Chat by way of Google's generateContent. https://ai.google.dev/api/generate-content */
export const geminiGenerate: ChatAdapter = {
  protocol: 'gemini-generate',
  unsupported: unsupportedParameters,
  buildRequest: buildGenerateRequest,
  parseAnswer: parseGenerated,
  classifyFailure: classifyGemini,
  decoder: (options) => new GeminiDecoder(options),
};
