import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { ChatChunks } from './chat-chunks.js';

const print = (...events: ChatEvent[]) => {
  const printer = new ChatChunks(1_700_000_000);
  return events.map((event) => printer.chunkFor(event)?.choices[0] ?? null);
};

describe('ChatChunks', () => {
  it('gives every chunk the id, model and time of the start', () => {
    const printer = new ChatChunks(7);
    printer.chunkFor({ type: 'start', id: 'msg_1', model: 'claude', createdSeconds: null });
    expect(printer.chunkFor({ type: 'text', choice: 0, text: 'Hi' })).toEqual({
      id: 'msg_1',
      object: 'chat.completion.chunk',
      created: 7,
      model: 'claude',
      choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }],
    });
  });

  it('says tool calls as OpenAI streams them', () => {
    expect(
      print(
        { type: 'tool_call_start', choice: 0, index: 1, id: 'call_1', name: 'look', kind: 'function' },
        { type: 'tool_call_arguments', choice: 0, index: 1, text: '{"a"' },
      ).map((choice) => choice?.delta),
    ).toEqual([
      {
        tool_calls: [{ index: 1, id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } }],
      },
      { tool_calls: [{ index: 1, function: { arguments: '{"a"' } }] },
    ]);
  });

  it('keeps a custom tool a custom tool', () => {
    const [, piece] = print(
      { type: 'tool_call_start', choice: 0, index: 0, id: 'c', name: 'grep', kind: 'custom' },
      { type: 'tool_call_arguments', choice: 0, index: 0, text: 'x' },
    );
    expect(piece?.delta).toEqual({ tool_calls: [{ index: 0, custom: { input: 'x' } }] });
  });

  it('carries reasoning with its signature, so that it can be sent back', () => {
    const [, signature] = print(
      { type: 'reasoning', choice: 0, index: 0, text: 'hm', format: 'f' },
      { type: 'reasoning_signature', choice: 0, index: 0, signature: 's', format: 'f' },
    );
    expect(signature?.delta).toEqual({
      reasoning_details: [{ type: 'reasoning.text', signature: 's', format: 'f', index: 0 }],
    });
  });

  it('says a picture as clients of OpenRouter read it', () => {
    const [picture] = print({ type: 'image', choice: 0, url: 'data:image/png;base64,AA==' });
    expect(picture?.delta).toEqual({
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }],
    });
  });

  it('prints no chunk for usage, which stands in the closing frame', () => {
    expect(print({ type: 'usage', usage: { 'output.text': 1 } })).toEqual([null]);
  });
});
