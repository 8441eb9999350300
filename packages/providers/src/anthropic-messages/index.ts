import { CLAUDE_REASONING_FORMAT } from '@trunkline/contracts';
import { classifyResponse } from '../failure/index.js';
import { tellForeignState } from '../foreign-state.js';
import type { ChatAdapter } from '../types.js';
import { MESSAGES_PARAMETERS } from './parameters.js';
import { buildMessagesRequest, unsupportedParameters } from './request.js';
import { parseMessage } from './response.js';
import { ClaudeDecoder } from './stream.js';

/** Chat by way of Anthropic's Messages. https://docs.claude.com/en/api/messages */
export const anthropicMessages: ChatAdapter = {
  protocol: 'anthropic-messages',
  parameters: () => MESSAGES_PARAMETERS,
  unsupported: unsupportedParameters,
  buildRequest: (call) =>
    tellForeignState(buildMessagesRequest(call), call.request, { formats: [CLAUDE_REASONING_FORMAT] }),
  parseAnswer: parseMessage,
  classifyFailure: (response) => classifyResponse(response),
  decoder: () => new ClaudeDecoder(),
};
