import { countTokens, firstTokens } from '../counting/count-tokens.js';
import type { Answer, ToolCall } from './answer.js';

/** Ends the answer where the first stop sequence begins in its text. */
export function stopAtSequence(answer: Answer, sequences: readonly string[]): Answer {
  let end = Infinity;
  let found: string | undefined;
  for (const sequence of sequences) {
    const at = sequence === '' ? -1 : answer.text.indexOf(sequence);
    if (at === -1 || at >= end) continue;
    end = at;
    found = sequence;
  }
  if (found === undefined) return answer;
  return {
    ...answer,
    text: answer.text.slice(0, end),
    toolCalls: [],
    finish: { kind: 'stop_sequence', sequence: found },
  };
}

/** Cuts the answer at a token limit, which reasoning, text and tool calls share in this order. */
export function cutAtLimit(answer: Answer, limit: number): Answer {
  let left = limit;
  let cut = false;
  const take = (text: string): string => {
    const tokens = countTokens(text);
    if (tokens > left) cut = true;
    const taken = tokens > left ? firstTokens(text, left) : text;
    left = Math.max(0, left - tokens);
    return taken;
  };
  const reasoning = take(answer.reasoning);
  const text = take(answer.text);
  const toolCalls: ToolCall[] = [];
  for (const call of answer.toolCalls) {
    left -= countTokens(call.name);
    if (left <= 0) {
      cut = true;
      break;
    }
    toolCalls.push({ name: call.name, argumentsText: take(call.argumentsText) });
  }
  return cut ? { reasoning, text, toolCalls, finish: { kind: 'length' } } : answer;
}
