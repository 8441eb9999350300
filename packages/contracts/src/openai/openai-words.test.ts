import { describe, expect, it } from '@jest/globals';
import { inOpenAiWords } from './openai-words.js';
import { parseChatRequest } from './parse-chat-request.js';

const withParts = (role: string, ...content: unknown[]) => ({ model: 'm', messages: [{ role, content }] });

describe("words of other makers in OpenAI's format", () => {
  it('are put into its own', () => {
    const written = {
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: 'https://example.com/a.png' },
            { type: 'document_url', document_url: 'https://example.com/a.pdf', document_name: 'a.pdf' },
            { type: 'file_url', file_url: { url: 'https://example.com/b.pdf' } },
            { type: 'input_audio', input_audio: 'SUQzBAAA' },
          ],
        },
        {
          role: 'assistant',
          content: [
            {
              type: 'thinking',
              thinking: [
                { type: 'text', text: 'three ' },
                { type: 'text', text: 'and five' },
              ],
            },
            { type: 'text', text: '8' },
          ],
        },
        { role: 'user', content: 'twice' },
      ],
      tools: [{ function: { name: 'add' } }],
      tool_choice: 'any',
    };
    const before = structuredClone(written);
    expect(inOpenAiWords(written)).toEqual({
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            { type: 'file', file: { file_data: 'https://example.com/a.pdf', filename: 'a.pdf' } },
            { type: 'file', file: { file_data: 'https://example.com/b.pdf' } },
            { type: 'input_audio', input_audio: { data: 'SUQzBAAA', format: 'mp3' } },
          ],
        },
        { role: 'assistant', content: [{ type: 'text', text: '8' }], reasoning_content: 'three and five' },
        { role: 'user', content: 'twice' },
      ],
      tools: [{ type: 'function', function: { name: 'add' } }],
      tool_choice: 'required',
    });
    expect(written).toEqual(before);
    expect(parseChatRequest(written).ok).toBe(true);
  });

  it.each([
    ['UklGRiQAAABXQVZF', 'wav'],
    ['//NkxAAA', 'mp3'],
    ['T2dnUwAC', 'ogg'],
    ['data:audio/mpeg;base64,AAAA', 'mp3'],
    ['https://example.com/a.wav?x=1', 'wav'],
  ])('give a sound the format that it has: %s', (sound, format) => {
    const [message] = (
      inOpenAiWords(withParts('user', { type: 'input_audio', input_audio: sound })) as {
        messages: { content: { input_audio: { format: string } }[] }[];
      }
    ).messages;
    expect(message?.content[0]?.input_audio.format).toBe(format);
  });

  it('are all that changes: any other request is the very value', () => {
    const request = withParts('user', { type: 'image_url', image_url: { url: 'https://example.com/a.png' } });
    expect(inOpenAiWords(request)).toBe(request);
    const odd = {
      messages: [null, 3, { role: 'user', content: [null, 'x', { type: 'image_url' }] }],
      tools: [1],
    };
    expect(inOpenAiWords(odd)).toBe(odd);
  });

  it('that are wrong are named as they were written', () => {
    const wrong = parseChatRequest(withParts('user', { type: 'document_url', document_url: 7 }));
    expect(wrong.ok ? null : wrong.issue.param).toBe('messages[0].content[0].type');
    const inward = parseChatRequest(
      withParts('user', { type: 'image_url', image_url: 'http://10.0.0.1/a.png' }),
    );
    expect(inward.ok ? null : inward.issue.param).toBe('messages[0].content[0].image_url.url');
  });
});
