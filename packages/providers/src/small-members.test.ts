import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { adapterOf, adapterOfProtocol } from './registry.js';
import type { ChatAdapter } from './types.js';

const IMAGE = 'data:image/png;base64,aGk=';

/** A request with every smaller member that is known. */
const request: ChatRequest = {
  messages: [
    {
      role: 'system',
      content: [{ type: 'text', text: 'Rules', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    },
    {
      role: 'user',
      name: 'ann',
      content: [
        { type: 'image_url', image_url: { url: IMAGE, detail: 'high' } },
        { type: 'text', text: 'Hi', prompt_cache_breakpoint: { mode: 'explicit' }, unheard_of: 1 },
      ],
    },
    {
      role: 'assistant',
      content: null,
      annotations: [],
      tool_calls: [{ id: 'a', type: 'function', index: 0, function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content: 'No such file', is_error: true },
    { role: 'user', content: 'Go on' },
  ],
  tools: [
    { type: 'function', function: { name: 'f' }, cache_control: { type: 'ephemeral' } },
    { type: 'custom', custom: { name: 'g', format: { type: 'grammar', grammar: { syntax: 'lark' } } } },
  ],
  prompt_cache_key: 'k',
  stream_options: { include_usage: true },
};

function told(chat: ChatAdapter | undefined, model: string, asked = request): string[] {
  const call = { request: asked, model, stream: false, outputTokenLimit: null, maxOutputTokens: 1000 };
  const built = chat?.buildRequest(call);
  if (built?.kind !== 'built') throw new Error(built?.failure.message);
  return [...built.request.dropped].sort();
}

const NAME = 'messages[1].name';
const DETAIL = 'messages[1].content[0].image_url.detail';
const UNKNOWN = 'messages[1].content[1].unheard_of';
const FAILED = 'messages[3].is_error';
const GRAMMAR = 'tools[1].custom.format';

describe('the smaller members of a request', () => {
  it.each([
    ['anthropic', 'claude-sonnet-4-5', [NAME, DETAIL, UNKNOWN, GRAMMAR, 'prompt_cache_key']],
    ['google', 'gemini-2.5-flash', [NAME, UNKNOWN, GRAMMAR, 'cache_control', 'prompt_cache_key']],
    ['cohere', 'command-a-03-2025', [NAME, UNKNOWN, FAILED, GRAMMAR, 'cache_control', 'prompt_cache_key']],
    ['openrouter', 'anthropic/claude-sonnet-4.5', [FAILED]],
    ['groq', 'openai/gpt-oss-120b', [NAME, DETAIL, FAILED, GRAMMAR, 'cache_control']],
    ['openai', 'gpt-4.1', [FAILED, 'cache_control']],
    ['openai', 'gpt-5.6', [FAILED, 'cache_control', 'cache_control.ttl']],
  ])('are told where %s with %s does not get them', (id, model, wanted) => {
    expect(told(adapterOf(id)?.chat, model)).toEqual([...wanted].sort());
  });

  it('are told where Responses and Converse do not get them', () => {
    const responses = adapterOf('openai')?.chatVia?.responses;
    expect(told(responses, 'gpt-4.1')).toEqual([NAME, UNKNOWN, FAILED, 'cache_control'].sort());
    const converse = adapterOf('bedrock')?.chat;
    const lost = [NAME, DETAIL, UNKNOWN, GRAMMAR, 'prompt_cache_key'];
    expect(told(converse, 'anthropic.claude-sonnet-4-5-20250929-v1:0')).toEqual(lost.sort());
    const ordinary = told(converse, 'writer.palmyra-x5-v1:0');
    expect(ordinary).toEqual(expect.arrayContaining([FAILED, 'cache_control']));
  });

  it('are no reason to ask another target', () => {
    for (const id of ['anthropic', 'google', 'cohere', 'groq', 'openai']) {
      const chat = adapterOf(id)?.chat;
      const { tools: _tools, ...plain } = request;
      expect([id, chat?.unsupported(plain, 'any')]).toEqual([id, []]);
    }
  });

  it('that thoughts are not to be shown is told where they are', () => {
    const asked: ChatRequest = {
      messages: [{ role: 'user', content: 'Hi' }],
      reasoning: { effort: 'high', exclude: true },
      include_reasoning: false,
    };
    const converse = adapterOf('bedrock')?.chat;
    const hidden = ['include_reasoning', 'reasoning.exclude'];
    expect(told(converse, 'openai.gpt-oss-120b-1:0', asked)).toEqual(hidden);
    expect(told(converse, 'anthropic.claude-opus-4-6-v1', asked)).toEqual([]);
    expect(told(adapterOf('google')?.chat, 'gemini-2.5-flash', asked)).toEqual([]);
    expect(told(adapterOf('deepseek')?.chat, 'deepseek-v4-pro', asked)).toEqual(hidden);
  });

  it('of a wish to reason are told, but for those that Responses knows', () => {
    const asked: ChatRequest = {
      messages: [{ role: 'user', content: 'Hi' }],
      reasoning: { effort: 'high', summary: 'detailed', context: 'all_turns' },
    };
    const lost = ['reasoning.context', 'reasoning.summary'];
    expect(told(adapterOf('anthropic')?.chat, 'claude-opus-4-8', asked)).toEqual(lost);
    expect(told(adapterOf('xai')?.chat, 'grok-4.5', asked)).toEqual(lost);
    expect(told(adapterOfProtocol('openai-responses')?.chat, 'gpt-5.4', asked)).toEqual([]);
  });
});
