import { anthropicMessages } from '../../anthropic-messages/index.js';
import type { ProviderAdapter } from '../../types.js';

/**
 * Anthropic Messages. What differs and needs nothing done here: a long answer that is not streamed may take more than
 * ten minutes, which Anthropic's own client refuses to wait for, and which the gateway's clocks bound; the rate
 * headers' resets are times, and retry-after is in seconds; x-should-retry speaks of the same address, and another
 * target is tried either way; the newest tokenizer makes 30 % more tokens of a text (the estimate knows); the
 * OpenAI-format layer is meant for tests and is not used; marks must repeat the prefix exactly, which they do, as
 * blocks keep their order.
 * https://docs.claude.com/en/api/messages
 */
export const anthropic: ProviderAdapter = {
  id: 'anthropic',
  name: 'Anthropic',
  protocol: 'anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  docsUrl: 'https://docs.claude.com/en/api/messages',
  auth: { type: 'header', header: 'x-api-key' },
  chat: anthropicMessages,
};
