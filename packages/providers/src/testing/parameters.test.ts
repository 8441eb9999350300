import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { printedPart } from '@trunkline/testing';
import { adapterOf, allAdapters } from '../registry.js';
import { asksForNothing, type ParameterRules } from '../parameters/index.js';
import { differenceTable, KNOWN_PARAMETERS, parameterTable } from './parameter-table.js';
import { readFixture } from './provider-fixture.js';
import { WAYS_TO_CHAT } from './ways-to-chat.js';

const DOCUMENT = new URL('../../../../docs/parameters.md', import.meta.url);

const TOOLS = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];

describe.each(WAYS_TO_CHAT)('the parameters of %s', (id, _adapter, chat) => {
  const { model } = readFixture(id).request;
  const { rules, others } = chat.parameters(model);

  it.each(Object.entries(KNOWN_PARAMETERS))('%s goes the way that its rule says', (parameter, value) => {
    const request: ChatRequest = {
      messages: [{ role: 'user', content: 'Hi' }],
      ...(parameter === 'tool_choice' || parameter === 'parallel_tool_calls' ? { tools: TOOLS } : {}),
      ...(parameter === 'top_logprobs' ? { logprobs: true } : {}),
      [parameter]: value,
    };
    const built = chat.buildRequest({
      request,
      model,
      stream: parameter === 'stream_options',
      outputTokenLimit: null,
      maxOutputTokens: 8_000,
    });
    const rule = rules.get(parameter) ?? others;
    if (rule === 'refused') {
      expect(built).toMatchObject({ kind: 'refused', failure: { param: parameter } });
      return;
    }
    if (built.kind === 'refused') throw new Error(built.failure.message);
    const { body, dropped } = built.request;
    const sent = JSON.parse(body) as Record<string, unknown>;
    // Where keeping is the default it is switched off.
    const isInBody = Object.hasOwn(sent, parameter) && !(parameter === 'store' && sent['store'] === false);
    if (rule === 'dropped') expect([dropped.includes(parameter), isInBody]).toEqual([true, false]);
    if (rule === 'ours') expect([dropped.includes(parameter), isInBody]).toEqual([false, false]);
    if (rule === 'unneeded') {
      const isTold = !asksForNothing(parameter, value);
      expect([dropped.includes(parameter), isInBody]).toEqual([isTold, false]);
      expect(chat.unsupported(request, model)).not.toContain(parameter);
    }
    // By its value, or for this model, it may be left out after all; then it is told.
    if (rule === 'passed') expect(isInBody || dropped.includes(parameter)).toBe(true);
  });
});

describe('docs/parameters.md (PRINT_DOCUMENTS=1 writes it)', () => {
  const rulesOf = (id: string): ParameterRules => {
    const rules = adapterOf(id)?.chat?.parameters('any');
    if (!rules) throw new Error(`no chat of ${id}`);
    return rules;
  };

  it('says what becomes of each parameter where requests are translated', () => {
    const responses = adapterOf('openai')?.chatVia?.responses;
    if (!responses) throw new Error('OpenAI has Responses');
    const wanted = parameterTable([
      ['Messages', rulesOf('anthropic')],
      ['Responses', responses.parameters('any')],
      ['Gemini', rulesOf('google')],
      ['Converse', rulesOf('bedrock')],
      ['Cohere', rulesOf('cohere')],
    ]);
    expect(printedPart(DOCUMENT, 'translated', wanted)).toBe(wanted);
  });

  it('says what each provider of the OpenAI family does not take as it is', () => {
    const family = allAdapters().filter(({ chat }) => chat?.protocol === 'openai-chat');
    const wanted = differenceTable(family.map(({ id }) => [`\`${id}\``, rulesOf(id)]));
    expect(printedPart(DOCUMENT, 'openai family', wanted)).toBe(wanted);
  });
});
