import { describe, expect, it } from '@jest/globals';
import type { ChatChunk } from '@trunkline/providers';
import type { AnswerFacts } from '../chat-door.js';
import { ChatPrinter } from './chat-printer.js';

const printer = (options: { choices?: number; usageChunk?: boolean } = {}) =>
  new ChatPrinter({
    dialect: 'openai',
    usageChunk: options.usageChunk ?? false,
    choices: options.choices ?? 1,
    createdSeconds: 7,
  });
const finish = (index: number): ChatChunk => ({ choices: [{ index, delta: {}, finish_reason: 'stop' }] });
const printed = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const facts = {
  id: 'a',
  requestId: 'r',
  createdSeconds: 7,
  model: 'm',
  finishReason: 'length',
  usage: {},
  usageObject: { cost: 1 },
  additions: { provider: 'p' },
} as unknown as AnswerFacts;
const closing = { usage: { cost: 1 }, provider: 'p' };

describe('ChatPrinter', () => {
  it('puts usage into the chunk that finishes', () => {
    const chat = printer();
    expect(chat.printChunk(finish(0), true)).toBe('');
    expect(chat.close(facts)).toBe(`${printed({ ...finish(0), ...closing })}data: [DONE]\n\n`);
  });

  it('ends a choice once, by the end that was said last', () => {
    const chat = printer();
    const say = (reason: 'stop' | 'content_filter') =>
      chat.print({ type: 'finish', choice: 0, reason, native: null });
    expect([say('stop'), say('content_filter')]).toEqual(['', '']);
    const closing = chat.close(facts);
    expect(closing).toContain('"finish_reason":"content_filter"');
    expect(closing).not.toContain('"finish_reason":"stop"');
  });

  it('holds the last finish of several choices, and only the last', () => {
    const chat = printer({ choices: 2 });
    expect(chat.printChunk(finish(0), true)).toBe('');
    expect(chat.passing()).toBe(printed(finish(0)));
    expect(chat.printChunk(finish(1), true)).toBe('');
    expect(chat.passing()).toBe('');
    expect(chat.close(facts)).toContain(printed({ ...finish(1), ...closing }));
  });

  it('keeps the order of what is said by chunks that all have a finish', () => {
    const chat = printer();
    const said = (content: string, reason: string | null): ChatChunk => ({
      choices: [{ index: 0, delta: { content }, finish_reason: reason }],
    });
    expect(chat.printChunk(said('one', 'stop'), true)).toBe('');
    expect(chat.printChunk(said(' two', null), false)).toBe(
      printed(said('one', null)) + printed(said(' two', null)),
    );
    expect(chat.passing()).toBe('');
    expect(chat.close(facts)).toBe(`${printed({ ...finish(0), ...closing })}data: [DONE]\n\n`);
  });

  it('lets the last of two that finish together wait', () => {
    const chat = printer({ choices: 2 });
    chat.printChunk(finish(0), true);
    expect(chat.printChunk(finish(1), true)).toBe(printed(finish(0)));
  });

  it('puts usage behind the finish, in a chunk of its own, for a client that asked for one', () => {
    const chat = printer({ usageChunk: true });
    expect(chat.printChunk(finish(0), true)).toBe('');
    const usage = {
      id: 'a',
      object: 'chat.completion.chunk',
      created: 7,
      model: 'm',
      choices: [],
      ...closing,
    };
    expect(chat.close(facts)).toBe(`${printed(finish(0))}${printed(usage)}data: [DONE]\n\n`);
  });

  it('says the finish last, also of an upstream that goes on behind it', () => {
    const chat = printer({ usageChunk: true });
    chat.printChunk(finish(0), true);
    expect(chat.print({ type: 'text', choice: 0, text: 'more' })).toContain('"content":"more"');
    expect(chat.close(facts).startsWith(printed(finish(0)))).toBe(true);
  });

  it('makes the finish that an upstream left out', () => {
    expect(printer().close(facts)).toContain('"finish_reason":"length"');
  });

  it('goes on with the names of the answer that broke off', () => {
    const chat = printer();
    chat.resume({ id: 'first', model: 'one', createdSeconds: 3 } as never);
    expect(JSON.parse(chat.print({ type: 'text', choice: 0, text: 'on' }).slice(6))).toMatchObject({
      id: 'first',
      model: 'one',
      created: 3,
    });
  });
});
