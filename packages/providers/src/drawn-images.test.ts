import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@trunkline/contracts';
import { withDrawnImagesShown } from './drawn-images.js';
import { adapterOf } from './registry.js';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const image = { type: 'image_url' as const, image_url: { url: PNG } };
const shown = [{ type: 'text', text: '[images of the assistant]' }, image];

const drawn: ChatMessage = { role: 'assistant', content: '', images: [image] };

describe('pictures that an assistant drew', () => {
  it('stand with what the user says next, and every message keeps its place', () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Draw a cat' },
      drawn,
      { role: 'user', content: 'Bluer' },
    ];
    const before = JSON.stringify(messages);
    expect(withDrawnImagesShown(messages)).toEqual([
      { role: 'user', content: 'Draw a cat' },
      { role: 'assistant', content: '[images of the assistant]' },
      { role: 'user', content: [{ type: 'text', text: 'Bluer' }, ...shown] },
    ]);
    expect(JSON.stringify(messages)).toBe(before);
  });

  it('stand behind the results of calls made with them, where the user says nothing', () => {
    const call = { id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
    const messages: ChatMessage[] = [
      { role: 'assistant', content: null, images: [image], tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'done' },
    ];
    expect(withDrawnImagesShown(messages)).toEqual([
      { role: 'assistant', content: null, tool_calls: [call] },
      messages[1],
      { role: 'user', content: shown },
    ]);
  });

  it('leave no empty field behind, which some refuse', () => {
    const said = { role: 'assistant' as const, content: 'Hi' };
    expect(
      withDrawnImagesShown([
        { ...said, images: [] },
        { ...said, images: null },
      ]),
    ).toEqual([said, said]);
  });

  it("leave the client's own messages alone where there are none", () => {
    const messages: ChatMessage[] = [{ role: 'user', content: 'Hi' }];
    expect(withDrawnImagesShown(messages)).toBe(messages);
  });

  it.each([
    ['openai', 'gpt-4o', /"type":"image_url"/],
    ['openrouter', 'google/gemini-2.5-flash-image', /"images":\[\{"type":"image_url"/],
    ['anthropic', 'claude-sonnet-4-5', /"type":"base64","media_type":"image\/png"/],
    ['google', 'gemini-2.5-flash-image', /"role":"model","parts":\[\{"inlineData"/],
    ['bedrock', 'amazon.nova-lite-v1:0', /"image":\{"format":"png"/],
    ['cohere', 'command-a-vision-07-2025', /"type":"image_url"/],
  ])('reach %s', (provider, model, pattern) => {
    const chat = adapterOf(provider)?.chat;
    const request = {
      messages: [
        { role: 'user' as const, content: 'Draw a cat' },
        drawn,
        { role: 'user' as const, content: 'Bluer' },
      ],
    };
    const built = chat?.buildRequest({
      request,
      model,
      stream: false,
      outputTokenLimit: null,
      maxOutputTokens: 1_000,
    });
    if (built?.kind !== 'built') throw new Error(JSON.stringify(built));
    expect(built.request.body).toMatch(pattern);
    expect(built.request.body).toContain('iVBORw0KGgo=');
    expect(built.request.dropped).toEqual([]);
  });
});
