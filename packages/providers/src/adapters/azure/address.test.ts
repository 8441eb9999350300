import { describe, expect, it } from '@jest/globals';
import type { ChatAdapter } from '../../types.js';
import { azureFoundry, azureOpenai } from './index.js';

function requestAt(chat: ChatAdapter | undefined, baseUrl: string, deployment: string | null = null) {
  const built = chat?.buildRequest({
    request: { messages: [{ role: 'user', content: 'Hi' }] },
    model: 'my deployment',
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: null,
    baseUrl,
    deployment,
  });
  if (built?.kind !== 'built') throw new Error('refused');
  return built.request;
}

function pathAt(chat: ChatAdapter | undefined, baseUrl: string): string {
  return requestAt(chat, baseUrl).path;
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

  it("has Claude's route beside the others", () => {
    const { messages } = azureFoundry.chatVia ?? {};
    const host = 'https://r.services.ai.azure.com';
    expect(requestAt(messages, `${host}/openai/v1`)).toMatchObject({
      path: '/anthropic/v1/messages',
      besides: '/openai/v1',
    });
    expect(requestAt(messages, `${host}/models?api-version=2024-05-01`)).toMatchObject({
      path: '/anthropic/v1/messages',
      besides: '/models',
    });
    expect(pathAt(messages, `${host}/anthropic/v1`)).toBe('/messages');
    expect(pathAt(messages, host)).toBe('/anthropic/v1/messages');
  });

  it('names the deployment where the entry calls the model otherwise', () => {
    const older = 'https://r.openai.azure.com/openai?api-version=2024-10-21';
    expect(requestAt(azureOpenai.chat, older, 'prod chat')).toMatchObject({
      path: '/deployments/prod%20chat/chat/completions?api-version=2024-10-21',
    });
    for (const chat of [azureOpenai.chat, azureOpenai.chatVia?.responses, azureFoundry.chatVia?.messages]) {
      const { body } = requestAt(chat, 'https://r.openai.azure.com/openai/v1', 'prod');
      expect(JSON.parse(body)).toMatchObject({ model: 'prod' });
    }
  });

  it('names the deployment at other endpoints too', () => {
    const { embeddings } = azureOpenai.endpoints ?? {};
    const call = {
      request: { model: 'm', input: ['a'] },
      model: 'text-embedding-3-small',
      deployment: 'ours',
    };
    const built = embeddings?.buildRequests({ ...call, baseUrl: 'https://r.openai.azure.com/openai/v1' });
    const [request] = built?.kind === 'built' ? built.requests : [];
    expect(request?.body).toContain('"model":"ours"');
  });
});
