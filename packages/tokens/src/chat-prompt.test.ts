import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { countChatPrompt, estimateChatPrompt } from './chat-prompt.js';
import { imageTokens } from './estimate-media.js';
import { imageSizeOf } from './image-size.js';

const PNG_1X1 =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const GIF_1X1 = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** A JPEG's head: an application segment, then the frame header with 600 × 800. */
function jpegHead(): string {
  const application = Buffer.concat([Buffer.from([0xff, 0xe0, 0x00, 0x10]), Buffer.alloc(14)]);
  const frame = Buffer.from([0xff, 0xc0, 0x00, 0x11, 0x08, 0x03, 0x20, 0x02, 0x58, 0x03]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), application, frame, Buffer.alloc(16)]).toString('base64');
}

const withContent = (content: ChatRequest['messages'][number]['content']): ChatRequest =>
  ({ model: 'm', messages: [{ role: 'user', content }] }) as ChatRequest;

describe('the tokens of a prompt', () => {
  it('include messages, tool calls, tools and schema', () => {
    const plain = estimateChatPrompt(withContent('What is the weather in Paris?'));
    const rich = estimateChatPrompt({
      model: 'm',
      messages: [
        { role: 'user', content: 'What is the weather in Paris?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: 'Sunny, 21 degrees' },
      ],
      tools: [{ type: 'function', function: { name: 'get_weather', description: 'Weather of a city' } }],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    });
    expect(plain).toBeGreaterThan(10);
    expect(rich).toBeGreaterThan(plain + 40);
  });

  it('are about the same estimated and counted', () => {
    const request = withContent(
      'Please summarize the following article in three sentences and keep its tone. '.repeat(20),
    );
    const ratio = estimateChatPrompt(request) / countChatPrompt(request);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it('of an image depend on its size and detail, not on its bytes', () => {
    const image = (url: string, detail?: string) =>
      estimateChatPrompt(
        withContent([{ type: 'image_url', image_url: { url, ...(detail ? { detail } : {}) } }]),
      );
    const small = image(`data:image/png;base64,${PNG_1X1}`);
    expect(image(`data:image/png;base64,${PNG_1X1}${'A'.repeat(1_000_000)}`)).toBe(small);
    expect(image('https://example.com/a.png')).toBeGreaterThan(small);
    expect(image('https://example.com/a.png', 'low')).toBeLessThan(small);
  });
});

describe('the size of an image', () => {
  it.each([
    ['PNG', PNG_1X1, { width: 1, height: 1 }],
    ['GIF', GIF_1X1, { width: 1, height: 1 }],
    ['JPEG', jpegHead(), { width: 600, height: 800 }],
  ])('is read from the head of a %s', (_kind, base64, size) => {
    expect(imageSizeOf(base64, 0)).toEqual(size);
  });

  it('is unknown for what is no image', () => {
    expect(imageSizeOf('', 0)).toBeNull();
    expect(imageSizeOf(Buffer.from('just some text, long enough').toString('base64'), 0)).toBeNull();
    expect(imageSizeOf('/9j/', 0)).toBeNull();
  });

  it('gives the tokens that the makers publish', () => {
    expect(imageTokens({ width: 1024, height: 1024 })).toBe(Math.max(765, 1399));
    expect(imageTokens({ width: 200, height: 200 })).toBe(255);
  });
});
