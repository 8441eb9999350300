import { describe, expect, it } from '@jest/globals';
import { answerMessages, requestMessages } from './read-messages';

describe('messages of kept bodies', () => {
  it('are read from a request, media in a word each', () => {
    const body = JSON.stringify({
      messages: [
        { role: 'system', content: 'Be terse.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:' } },
          ],
        },
      ],
    });
    expect(requestMessages(body)).toMatchObject([
      { role: 'system', text: 'Be terse.', media: [] },
      { role: 'user', text: 'What is it?', media: ['image_url'] },
    ]);
  });

  it('are read from a plain answer with tool calls', () => {
    const body = JSON.stringify({
      choices: [
        {
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
          },
        },
      ],
    });
    expect(answerMessages(body)).toMatchObject([
      { role: 'assistant', text: '', toolCalls: [{ name: 'weather', input: '{"city":"Paris"}' }] },
    ]);
  });

  it('are put together from a stream', () => {
    const frame = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
    const body = `: keep-alive\n\n${frame({ role: 'assistant' })}${frame({ reasoning: 'Hm.' })}${frame({ content: 'Hel' })}${frame({ content: 'lo' })}${frame({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }] })}${frame({ tool_calls: [{ index: 0, function: { arguments: '}' } }] })}data: [DONE]\n\n`;
    expect(answerMessages(body)).toEqual([
      {
        role: 'assistant',
        text: 'Hello',
        reasoning: 'Hm.',
        toolCalls: [{ name: 'f', input: '{}' }],
        media: [],
      },
    ]);
  });

  it('are none in a body that was cut or is something else', () => {
    expect(requestMessages('{"messages": [{"role"')).toEqual([]);
    expect(answerMessages('<html>')).toEqual([]);
    expect(answerMessages('[]')).toEqual([]);
  });
});
