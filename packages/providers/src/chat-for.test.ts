import { describe, expect, it } from '@jest/globals';
import { chatFor } from './chat-for.js';
import { anthropic } from './adapters/anthropic/index.js';
import { groq } from './adapters/groq.js';
import { openai } from './adapters/openai.js';

describe('the way to chat with an offer', () => {
  it("is the provider's own where the offer has its endpoint", () => {
    expect(chatFor(openai, ['responses', 'chat'])).toBe(openai.chat);
    expect(chatFor(anthropic, ['messages'])).toBe(anthropic.chat);
  });

  it('is another that the adapter has where it has not', () => {
    expect(chatFor(openai, ['responses'])?.protocol).toBe('openai-responses');
  });

  it('is none where no endpoint of the offer is spoken', () => {
    expect(chatFor(openai, ['embeddings'])).toBeUndefined();
    expect(chatFor(groq, ['responses'])).toBeUndefined();
    expect(chatFor(anthropic, ['chat'])).toBeUndefined();
  });
});
