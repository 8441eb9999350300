import type { ChatMessage, ChatRequest } from '@trunkline/contracts';
import { countText } from './count-text.js';
import { estimateMedia } from './estimate-media.js';
import { estimateText } from './estimate-text.js';

/** What a message and an answer cost beside their text. https://github.com/openai/openai-cookbook (how to count tokens) */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_ANSWER = 3;

/** What of a request counts as its prompt. */
export interface ChatPrompt {
  /** Of all that is no text: messages as such, images, sound. */
  tokens: number;
  texts: string[];
}

/** Tokens of a prompt in o200k, about: for forecasts and for what fits a context. 3 µs for 600 bytes. */
export function estimateChatPrompt(request: ChatRequest): number {
  return sumOf(readChatPrompt(request), estimateText);
}

/** The same with text counted by the tokenizer. It blocks: a running gateway counts the texts in slices. */
export function countChatPrompt(request: ChatRequest): number {
  return sumOf(readChatPrompt(request), countText);
}

function sumOf({ tokens, texts }: ChatPrompt, tokensOf: (text: string) => number): number {
  let sum = tokens;
  for (const text of texts) sum += tokensOf(text);
  return sum;
}

/** Takes a prompt apart for who counts its text. */
export function readChatPrompt(request: ChatRequest): ChatPrompt {
  const prompt: ChatPrompt = { tokens: TOKENS_PER_ANSWER, texts: [] };
  for (const message of request.messages) addMessage(prompt, message);
  const { texts } = prompt;
  if (request.tools?.length) texts.push(JSON.stringify(request.tools));
  if (request.functions?.length) texts.push(JSON.stringify(request.functions));
  const format = request.response_format;
  if (format && format.type === 'json_schema') texts.push(JSON.stringify(format));
  return prompt;
}

function addMessage(prompt: ChatPrompt, message: ChatMessage): void {
  const { texts } = prompt;
  prompt.tokens += TOKENS_PER_MESSAGE;
  const { content } = message;
  if (typeof content === 'string') {
    texts.push(content);
  } else if (content) {
    for (const part of content) {
      if (part.type === 'text') texts.push(part.text);
      else if (part.type === 'refusal') texts.push(part.refusal);
      else prompt.tokens += estimateMedia(part);
    }
  }
  if (message.role !== 'assistant') return;
  for (const call of message.tool_calls ?? []) {
    if ('custom' in call && call.type === 'custom') texts.push(call.custom.name, call.custom.input);
    else texts.push(call.function.name, call.function.arguments);
  }
  const reasoning = message.reasoning_content ?? message.reasoning;
  if (reasoning) texts.push(reasoning);
}
