import { classifyResponse } from '../../failure/index.js';
import type { ProviderAdapter } from '../../types.js';
import { buildMessagesRequest, unsupportedParameters } from './request.js';
import { parseMessage } from './response.js';
import { ClaudeDecoder } from './stream.js';

/** Anthropic Messages. https://docs.claude.com/en/api/messages */
export const anthropic: ProviderAdapter = {
  id: 'anthropic',
  name: 'Anthropic',
  protocol: 'anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  docsUrl: 'https://docs.claude.com/en/api/messages',
  auth: { type: 'header', header: 'x-api-key' },
  chat: {
    protocol: 'anthropic-messages',
    unsupported: unsupportedParameters,
    buildRequest: buildMessagesRequest,
    parseAnswer: parseMessage,
    classifyFailure: (response) => classifyResponse(response),
    decoder: () => new ClaudeDecoder(),
  },
};
