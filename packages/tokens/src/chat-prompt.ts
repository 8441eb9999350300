import type { ChatMessage, ChatRequest } from '@trunkline/contracts';
import { countText } from './count-text.js';
import { estimateMedia } from './estimate-media.js';
import { estimateText } from './estimate-text.js';

/** What a message and an answer cost beside their text. https://github.com/openai/openai-cookbook (how to count tokens) */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_ANSWER = 3;

/** Tokens of a prompt in o200k, about: for forecasts and for what fits a context. 3 µs for 600 bytes. */
export function estimateChatPrompt(request: ChatRequest): number {
  return promptTokens(request, estimateText);
}

/** The same with text counted by the tokenizer: for calls of which the provider reports no usage. */
export function countChatPrompt(request: ChatRequest): number {
  return promptTokens(request, countText);
}

function promptTokens(request: ChatRequest, tokensOf: (text: string) => number): number {
  let tokens = TOKENS_PER_ANSWER;
  for (const message of request.messages) tokens += TOKENS_PER_MESSAGE + messageTokens(message, tokensOf);
  if (request.tools?.length) tokens += tokensOf(JSON.stringify(request.tools));
  if (request.functions?.length) tokens += tokensOf(JSON.stringify(request.functions));
  const format = request.response_format;
  if (format && format.type === 'json_schema') tokens += tokensOf(JSON.stringify(format));
  return tokens;
}

function messageTokens(message: ChatMessage, tokensOf: (text: string) => number): number {
  let tokens = 0;
  const { content } = message;
  if (typeof content === 'string') {
    tokens += tokensOf(content);
  } else if (content) {
    for (const part of content) {
      if (part.type === 'text') tokens += tokensOf(part.text);
      else if (part.type === 'refusal') tokens += tokensOf(part.refusal);
      else tokens += estimateMedia(part);
    }
  }
  if (message.role !== 'assistant') return tokens;
  for (const call of message.tool_calls ?? []) {
    if ('custom' in call && call.type === 'custom')
      tokens += tokensOf(call.custom.name) + tokensOf(call.custom.input);
    else tokens += tokensOf(call.function.name) + tokensOf(call.function.arguments);
  }
  const reasoning = message.reasoning_content ?? message.reasoning;
  return reasoning ? tokens + tokensOf(reasoning) : tokens;
}
