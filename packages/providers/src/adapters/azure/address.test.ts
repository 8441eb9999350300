import { describe, expect, it } from '@jest/globals';
import type { ChatAdapter } from '../../types.js';
import { azureFoundry, azureOpenai } from './index.js';

function pathAt(chat: ChatAdapter | undefined, baseUrl: string): string {
  const built = chat?.buildRequest({
    request: { messages: [{ role: 'user', content: 'Hi' }] },
    model: 'my deployment',
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: null,
    baseUrl,
  });
  if (built?.kind !== 'built') throw new Error('refused');
  return built.request.path;
}

describe("an address of Azure's", () => {
  it.each([
    ['https://r.openai.azure.com/openai/v1', '/chat/completions'],
    ['https://r.openai.azure.com/openai/v1?api-version=preview', '/chat/completions?api-version=preview'],
    [
      'https://r.openai.azure.com/openai?api-version=2024-10-21',
      '/deployments/my%20deployment/chat/completions?api-version=2024-10-21',
    ],
    [
      'https://r.openai.azure.com/openai/deployments/mine?api-version=2024-10-21',
      '/chat/completions?api-version=2024-10-21',
    ],
    [
      'https://r.services.ai.azure.com/models?api-version=2024-05-01',
      '/chat/completions?api-version=2024-05-01',
    ],
  ])('%s says how its paths are made', (baseUrl, path) => {
    expect(pathAt(azureOpenai.chat, baseUrl)).toBe(path);
    expect(pathAt(azureFoundry.chat, baseUrl)).toBe(path);
  });

  it('has one path of Responses for all deployments', () => {
    const { responses } = azureOpenai.chatVia ?? {};
    expect(pathAt(responses, 'https://r.openai.azure.com/openai/v1')).toBe('/responses');
    expect(pathAt(responses, 'https://r.openai.azure.com/openai?api-version=2025-04-01-preview')).toBe(
      '/responses?api-version=2025-04-01-preview',
    );
  });
});
