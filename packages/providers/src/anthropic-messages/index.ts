import { CLAUDE_REASONING_FORMAT } from '@trunkline/contracts';
import { classifyResponse } from '../failure/index.js';
import { tellForeignState } from '../foreign-state.js';
import { tellSmallMembers } from '../small-members.js';
import type { ChatAdapter } from '../types.js';
import { MESSAGES_PARAMETERS } from './parameters.js';
import { buildMessagesRequest, unsupportedParameters } from './request.js';
import { parseMessage } from './response.js';
import { ClaudeDecoder } from './stream.js';
import { countMessageTokens, promptOf } from './token-count.js';

export { countMessageTokens, promptOf };

/** A file's name is the title of its document. */
const MEMBERS = {
  taken: new Set([
    ...[
      'cache_control',
      'cache_control.ttl',
      'tools.cache_control',
      'is_error',
      'filename',
      'reasoning.exclude',
    ],
  ]),
};

/** Chat by way of Anthropic's Messages. https://docs.claude.com/en/api/messages */
export const anthropicMessages: ChatAdapter = {
  protocol: 'anthropic-messages',
  parameters: () => MESSAGES_PARAMETERS,
  unsupported: unsupportedParameters,
  buildRequest: (call) => {
    const built = tellForeignState(buildMessagesRequest(call), call.request, {
      formats: [CLAUDE_REASONING_FORMAT],
    });
    return call.native?.protocol === 'anthropic-messages'
      ? built
      : tellSmallMembers(built, call.request, MESSAGES_PARAMETERS, MEMBERS);
  },
  parseAnswer: parseMessage,
  classifyFailure: (response) => classifyResponse(response),
  decoder: () => new ClaudeDecoder(),
  tokenCounting: countMessageTokens,
};
