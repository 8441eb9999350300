import { describe, expect, it } from '@jest/globals';
import type { ChatRequest, ChatTool } from '@trunkline/contracts';
import { adapterOf } from './registry.js';
import type { ChatAdapter } from './types.js';

const FUNCTION: ChatTool = {
  type: 'function',
  function: { name: 'f', parameters: { type: 'object', properties: {} } },
};
const WISH = {
  search_context_size: 'low',
  user_location: {
    type: 'approximate',
    approximate: { country: 'NO', city: 'Oslo', timezone: 'Europe/Oslo' },
  },
  filters: { allowed_domains: ['a.example'] },
  max_uses: 3,
};
const PLACE = { country: 'NO', city: 'Oslo', timezone: 'Europe/Oslo' };

function asked(chat: ChatAdapter | undefined, model: string, more: Partial<ChatRequest>) {
  const request = { messages: [{ role: 'user' as const, content: 'Hi' }], ...more };
  const limits = { stream: false, outputTokenLimit: null, maxOutputTokens: 4_000 };
  const built = chat?.buildRequest({ request, model, ...limits });
  if (built?.kind !== 'built') throw new Error('refused');
  const body = JSON.parse(built.request.body) as Record<string, unknown>;
  return { body, tools: body['tools'], dropped: built.request.dropped };
}

const of = (id: string, model: string, more: Partial<ChatRequest> = { web_search_options: WISH }) =>
  asked(adapterOf(id)?.chat, model, more);
const lost = (...names: string[]) => names.map((name) => `web_search_options.${name}`);

describe('a wish to search the web', () => {
  it('is a tool of Claude, with place, domains and how often', () => {
    const { tools, dropped } = of('anthropic', 'claude-sonnet-4-5');
    expect(tools).toEqual([
      {
        type: 'web_search_20250305',
        name: 'web_search',
        max_uses: 3,
        allowed_domains: ['a.example'],
        user_location: { type: 'approximate', ...PLACE },
      },
    ]);
    expect(dropped).toEqual(lost('search_context_size'));
  });

  it('keeps one list of domains at Claude, which takes no more', () => {
    const filters = { allowed_domains: ['a.example'], blocked_domains: ['b.example'] };
    const both = of('anthropic', 'claude-sonnet-4-5', { web_search_options: { filters } });
    expect(both.tools).toMatchObject([{ allowed_domains: ['a.example'] }]);
    expect(both.dropped).toEqual(lost('blocked_domains'));
    const blocked = { filters: { blocked_domains: ['b.example'] } };
    const one = of('anthropic', 'claude-sonnet-4-5', { web_search_options: blocked, tools: [FUNCTION] });
    expect(one.tools).toMatchObject([{ name: 'f' }, { blocked_domains: ['b.example'] }]);
    expect(one.dropped).toEqual([]);
  });

  it('is told where a model of Claude cannot search, or the client has a tool of that name', () => {
    expect(of('anthropic', 'claude-3-haiku-20240307').dropped).toEqual(['web_search_options']);
    const own = { type: 'function', function: { name: 'web_search' } };
    const { tools, dropped } = of('anthropic', 'claude-sonnet-4-5', {
      web_search_options: {},
      tools: [own],
    });
    expect([tools, dropped]).toEqual([
      [expect.objectContaining({ name: 'web_search' })],
      ['web_search_options'],
    ]);
    expect((tools as object[])[0]).not.toHaveProperty('type');
  });

  it.each(['google', 'vertex'])("is Google's search at %s, and told beside functions", (id) => {
    const { tools, dropped } = of(id, 'gemini-2.5-flash');
    expect(tools).toEqual([{ googleSearch: {} }]);
    expect(dropped).toEqual(lost('search_context_size', 'user_location', 'allowed_domains', 'max_uses'));
    const beside = of(id, 'gemini-2.5-flash', { web_search_options: {}, tools: [FUNCTION] });
    expect([beside.tools, beside.dropped]).toEqual([
      [{ functionDeclarations: [{ name: 'f' }] }],
      ['web_search_options'],
    ]);
    expect(of(id, 'gemma-3-27b-it', { web_search_options: {} }).dropped).toEqual(['web_search_options']);
  });

  it('asks a Gemini that searches for JSON in words where a type is refused beside it', () => {
    const format = { type: 'json_object' as const };
    const { body } = of('google', 'gemini-2.5-flash', { web_search_options: {}, response_format: format });
    expect(body['generationConfig'] ?? {}).not.toHaveProperty('responseMimeType');
    expect(JSON.stringify(body['systemInstruction'])).toContain('JSON object');
  });

  it('is a tool of Responses', () => {
    const { tools, dropped } = asked(adapterOf('openai')?.chatVia?.responses, 'gpt-5.5', {
      web_search_options: WISH,
    });
    expect(tools).toEqual([
      {
        type: 'web_search',
        search_context_size: 'low',
        user_location: { type: 'approximate', ...PLACE },
        filters: { allowed_domains: ['a.example'] },
      },
    ]);
    expect(dropped).toEqual(lost('max_uses'));
  });

  it("is OpenAI's own word for its chat models that search, and left out of others", () => {
    const searching = of('openai', 'gpt-4o-search-preview');
    expect([searching.body['web_search_options'], searching.dropped]).toEqual([
      { search_context_size: 'low', user_location: { type: 'approximate', approximate: PLACE } },
      lost('allowed_domains', 'max_uses'),
    ]);
    const other = of('openai', 'gpt-4o-mini', { tools: [FUNCTION, { type: 'web_search' }] });
    expect([other.tools, other.dropped]).toEqual([[expect.objectContaining(FUNCTION)], ['tools[1]']]);
    expect(of('openai', 'gpt-4o-mini').dropped).toEqual(['web_search_options']);
  });

  it('is what Perplexity calls it, which searches anyway', () => {
    const { body, dropped } = of('perplexity', 'sonar', {
      web_search_options: { ...WISH, filters: { blocked_domains: ['b.example'] } },
    });
    expect(body).toMatchObject({
      web_search_options: { search_context_size: 'low', user_location: { country: 'NO', city: 'Oslo' } },
      search_domain_filter: ['-b.example'],
    });
    expect(dropped).toEqual(lost('max_uses'));
    expect(of('perplexity', 'sonar', { web_search_options: {} }).body).not.toHaveProperty(
      'web_search_options',
    );
  });

  it('is a tool of OpenRouter, beside those of the client', () => {
    const { tools, dropped, body } = of('openrouter', 'openai/gpt-5.5', {
      web_search_options: WISH,
      tools: [FUNCTION],
    });
    expect(tools).toEqual([
      expect.objectContaining(FUNCTION),
      {
        type: 'openrouter:web_search',
        parameters: {
          search_context_size: 'low',
          user_location: { type: 'approximate', ...PLACE },
          allowed_domains: ['a.example'],
        },
      },
    ]);
    expect(dropped).toEqual(lost('max_uses'));
    expect(body).not.toHaveProperty('web_search_options');
  });

  it('is a setting of Groq’s compound, and told to its other models', () => {
    const { body, dropped } = of('groq', 'groq/compound');
    expect(body['search_settings']).toEqual({ include_domains: ['a.example'] });
    expect(dropped).toEqual(lost('search_context_size', 'user_location', 'max_uses'));
    expect(of('groq', 'llama-3.3-70b-versatile').dropped).toEqual(['web_search_options']);
  });

  it.each([
    ['mistral', 'mistral-large-latest'],
    ['xai', 'grok-4.5'],
    ['deepseek', 'deepseek-chat'],
    ['cohere', 'command-a-03-2025'],
    ['bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ])('is left out and told at %s, which has no search in its chat', (id, model) => {
    const { body, dropped } = of(id, model);
    expect(body).not.toHaveProperty('web_search_options');
    expect(dropped).toContain('web_search_options');
  });

  it.each([
    [
      {
        type: 'web_search_20250305',
        name: 'web_search',
        max_uses: 2,
        user_location: { type: 'approximate', city: 'Oslo' },
      },
    ],
    [{ type: 'web_search', max_uses: 2, user_location: { type: 'approximate', city: 'Oslo' } }],
    [{ type: 'openrouter:web_search', max_uses: 2, parameters: { user_location: { city: 'Oslo' } } }],
  ])('may be a tool of the request: %j', (tool) => {
    const { tools, dropped } = of('anthropic', 'claude-sonnet-4-5', { tools: [FUNCTION, tool] });
    expect(tools).toMatchObject([
      { name: 'f' },
      { type: 'web_search_20250305', max_uses: 2, user_location: { type: 'approximate', city: 'Oslo' } },
    ]);
    expect(dropped).toEqual([]);
    expect(of('google', 'gemini-2.5-flash', { tools: [tool] }).tools).toEqual([{ googleSearch: {} }]);
    expect(of('openrouter', 'x-ai/grok', { tools: [tool] }).tools).toMatchObject([
      { type: 'openrouter:web_search' },
    ]);
  });
});
