import { describe, expect, it } from '@jest/globals';
import { vertexAddress } from './address.js';
import { vertex } from './index.js';

describe('an address of Vertex', () => {
  it.each([
    ['us-east5', 'https://us-east5-aiplatform.googleapis.com'],
    ['global', 'https://aiplatform.googleapis.com'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
  ])('of the location %s is at %s', (location, host) => {
    const rest = `/v1/projects/p/locations/${location}`;
    expect(vertexAddress(`https://${location}-aiplatform.googleapis.com${rest}`)).toBe(host + rest);
  });

  it('is left alone where it is no host of Google', () => {
    expect(vertexAddress('http://127.0.0.1:1/p/vertex')).toBe('http://127.0.0.1:1/p/vertex');
  });

  const project = 'https://aiplatform.googleapis.com/v1/projects/p/locations/global';
  it.each([
    ['chat', project, 'gemini-3-pro', '/publishers/google/models/gemini-3-pro:generateContent'],
    [
      'chat',
      'https://aiplatform.googleapis.com/v1/publishers/google',
      'gemini-3-pro',
      '/models/gemini-3-pro:generateContent',
    ],
    [
      'messages',
      project,
      'claude-opus-5@default',
      '/publishers/anthropic/models/claude-opus-5%40default:rawPredict',
    ],
  ] as const)('has the %s of %s under the publisher', (way, baseUrl, model, path) => {
    const chat = way === 'chat' ? vertex.chat : vertex.chatVia?.messages;
    const built = chat?.buildRequest({
      request: { messages: [{ role: 'user', content: 'Hi' }] },
      model,
      stream: false,
      outputTokenLimit: null,
      maxOutputTokens: null,
      baseUrl,
    });
    expect(built?.kind === 'built' && built.request.path).toBe(path);
  });
});

describe('Claude at Vertex', () => {
  const refusedParam = (content: unknown): unknown => {
    const built = vertex.chatVia?.messages?.buildRequest({
      request: { messages: [{ role: 'user', content: content as string }] },
      model: 'claude-opus-5@default',
      stream: false,
      outputTokenLimit: null,
      maxOutputTokens: null,
    });
    return built?.kind === 'refused' ? built.failure.param : null;
  };

  it('is given no address of an image or document, which it would not fetch', () => {
    const url = 'https://example.com/a.png';
    expect(refusedParam([{ type: 'image_url', image_url: { url } }])).toBe(
      'messages[0].content[0].image_url.url',
    );
    expect(refusedParam([{ type: 'file', file: { file_data: 'https://example.com/a.pdf' } }])).toBe(
      'messages',
    );
    expect(
      refusedParam([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }]),
    ).toBeNull();
  });
});
