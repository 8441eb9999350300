import { describe, expect, it } from '@jest/globals';
import { codeOf } from './code-of';
import { chatBody, type Turn } from './conversation';
import type { Settings } from './params';
import { WAITING } from './stream/answer';

const settings: Settings = {
  model: ['a/one', 'b/two'],
  system: ' ',
  temperature: null,
  maxTokens: 20,
  topP: null,
  json: false,
};
const said = (text: string) => ({ ...WAITING, state: 'done' as const, text });
const turns: Turn[] = [{ id: '1', prompt: 'First?', answers: { 'a/one': said('Yes.'), 'b/two': said('') } }];

describe('the playground’s conversation', () => {
  it('gives each model its own part, without answers that never came', () => {
    expect(chatBody(settings, 'a/one', turns, 'Second?')).toEqual({
      model: 'a/one',
      messages: [
        { role: 'user', content: 'First?' },
        { role: 'assistant', content: 'Yes.' },
        { role: 'user', content: 'Second?' },
      ],
      max_tokens: 20,
    });
    expect(chatBody(settings, 'b/two', turns, 'Second?').messages).toHaveLength(1);
  });

  it('is told as code with what was set, in each language', () => {
    const body = chatBody({ ...settings, system: 'Be "terse".', json: true }, 'a/one', [], 'It’s?');
    const [curl, python, typescript] = codeOf(body, 'http://gw');
    expect(curl?.code).toContain('"response_format"');
    expect(python?.code).toContain('response_format={"type": "json_object"}');
    expect(python?.code).toContain('stream=True');
    expect(python?.code).toContain('{"role": "system", "content": "Be \\"terse\\"."}');
    expect(typescript?.code).toContain("baseURL: 'http://gw/v1'");
  });
});
