import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const image = (url: string) => chat('', { messages: [{ role: 'user', content: [imagePart(url)] }] });
const imagePart = (url: string) => ({ type: 'image_url', image_url: { url } });
const file = (fileData: string) =>
  chat('', {
    messages: [{ role: 'user', content: [{ type: 'file', file: { filename: 'a', file_data: fileData } }] }],
  });
const tool = (parameters: object) =>
  chat('x', { tools: [{ type: 'function', function: { name: 'f', parameters } }] });

const PICTURE = 'messages[0].content[0].image_url.url';
const DOCUMENT = 'messages[0].content[0].file.file_data';
const SCHEMA = 'tools[0].function.parameters';

describe('content that no provider can make sense of', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each<[string, unknown, string]>([
    ['an image that is none', image('data:image/png;base64,aGVsbG8='), PICTURE],
    ['base64 that is none', image('data:image/png;base64,%%%'), PICTURE],
    ['an image of no address', image('cat.png'), PICTURE],
    ['an image at an inward address', image('http://169.254.169.254/latest/meta-data'), PICTURE],
    ['a document at an inward address', file('http://0x7f.1/a.pdf'), DOCUMENT],
    ['a document in the local network', file('https://wiki.internal/a.pdf'), DOCUMENT],
    ['a document that is none', file('data:application/pdf;base64,aGVsbG8='), DOCUMENT],
    [
      "a tool's result without its call",
      chat('', { messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'x' }] }),
      'messages[0].tool_call_id',
    ],
    ['a schema that refers to itself', tool({ $ref: '#' }), SCHEMA],
    [
      'a schema that no value fits',
      tool({ type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }),
      SCHEMA,
    ],
  ])('is answered by the name of its field before anyone is called: %s', async (_name, body, param) => {
    gateway.simulator.control.clearCalls();
    const answer = await ask(gateway, { body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { code: 'invalid_value', param } });
    expect(gateway.simulator.control.calls().calls).toHaveLength(0);
  });
});
