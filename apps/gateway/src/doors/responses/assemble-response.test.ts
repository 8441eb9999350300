import { describe, expect, it } from '@jest/globals';
import { assembleResponse } from './assemble-response.js';

const names = { id: 'resp_1', requestId: 'r', createdSeconds: 5, model: 'm', finishReason: 'stop' };
const frame = (type: string, rest: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
const call = { id: 'fc_1', type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };

describe('what the body log keeps of a stream', () => {
  it('is the response with its items, in their order', () => {
    const message = { id: 'msg_1', type: 'message', content: [{ type: 'output_text', text: 'Hi' }] };
    const sent =
      frame('response.output_text.delta', { output_index: 0, delta: 'Hi' }) +
      frame('response.output_item.done', { output_index: 1, item: call }) +
      frame('response.output_item.done', { output_index: 0, item: message });
    expect(assembleResponse(sent, names)).toMatchObject({
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      output: [message, call],
    });
  });

  it('is as far as it came where it broke off, or was cut for the log', () => {
    const sent =
      frame('response.output_text.delta', { output_index: 0, delta: 'Half' }) + 'data: {"type":"resp';
    expect(assembleResponse(sent, names)).toMatchObject({
      output: [{ type: 'message', content: [{ text: 'Half' }] }],
    });
  });
});
