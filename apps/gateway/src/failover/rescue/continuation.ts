import type { AttemptSplice, ChatMessage, ChatRequest } from '@trunkline/contracts';
import type { SentAnswer } from '@trunkline/providers';
import { startOfLastWords } from './last-words.js';

/** A longer answer is not sent to another target again. */
export const MAX_SENT_BYTES = 256 * 1024;

export type ContinuationMode = AttemptSplice['mode'];

/**
 * How a target can go on with an answer that broke off: begin anew where nothing but reasoning was sent, by prefill
 * where the offer takes it, else by instruction. Null where nobody can: after a tool call or media, with several choices
 * or logprobs, in structured output without prefill, and in very long answers.
 */
export function continuationMode(
  request: ChatRequest,
  sent: SentAnswer,
  takesPrefill: boolean,
): ContinuationMode | null {
  if (sent.isBeyondText || (request.n ?? 1) > 1 || request.logprobs === true) return null;
  if (request.modalities?.some((modality) => modality !== 'text')) return null;
  if (sent.text.trim() === '') return 'restart';
  if (Buffer.byteLength(sent.text) > MAX_SENT_BYTES) return null;
  if (takesPrefill) return 'prefill';
  const format = request.response_format?.type;
  return format === 'json_schema' || format === 'json_object' ? null : 'instruction';
}

/** The request that asks a target to go on. */
export function continuedRequest(request: ChatRequest, text: string, mode: ContinuationMode): ChatRequest {
  switch (mode) {
    case 'restart':
      return request;
    case 'prefill':
      return withoutReasoning({ ...request, messages: withAnswer(request.messages, text.trimEnd()) });
    case 'instruction':
      return {
        ...request,
        messages: [
          ...withAnswer(request.messages, text.trimEnd()),
          { role: 'user', content: instruction(text) },
        ],
      };
  }
}

function instruction(text: string): string {
  const words = text.slice(startOfLastWords(text)).trimEnd();
  return (
    'Your answer broke off because of a technical fault. Go on with it exactly where it stopped. ' +
    `Begin with these last words of it, letter for letter, and write on from there: <last_words>${words}</last_words> ` +
    'Put nothing before them, do not start over, and do not mention the interruption.'
  );
}

/** A message of the assistant that the client wrote at the end is the beginning of the same answer. */
function withAnswer(messages: readonly ChatMessage[], text: string): ChatMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.tool_calls?.length)
    return [...messages, { role: 'assistant', content: text }];
  const content = Array.isArray(last.content)
    ? [...last.content, { type: 'text' as const, text }]
    : `${last.content ?? ''}${text}`;
  return [...messages.slice(0, -1), { ...last, content }];
}

/** Models that think cannot be given the beginning of their answer. */
function withoutReasoning(request: ChatRequest): ChatRequest {
  const { reasoning: _reasoning, reasoning_effort: _effort, include_reasoning: _include, ...rest } = request;
  return rest;
}
