import { countTokens, textPieces } from '../counting/count-tokens.js';

export interface ToolCall {
  readonly name: string;
  /** JSON text. */
  readonly argumentsText: string;
}

export type Finish =
  | { readonly kind: 'stop' | 'length' | 'tool_calls' | 'content_filter' }
  | { readonly kind: 'stop_sequence'; readonly sequence: string };

/** What the simulated model says, before any protocol gives it a shape. */
export interface Answer {
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: Finish;
}

/** A step of a streamed answer; the tokens of all pieces are the answer's output tokens. */
export type AnswerPiece =
  | { readonly kind: 'reasoning' | 'text'; readonly text: string; readonly tokens: number }
  | { readonly kind: 'tool'; readonly index: number; readonly name: string; readonly tokens: number }
  | { readonly kind: 'arguments'; readonly index: number; readonly text: string; readonly tokens: number };

export interface OutputTokens {
  readonly reasoning: number;
  /** Everything the model wrote: reasoning, text, and the names and arguments of tool calls. */
  readonly total: number;
}

export function answerPieces(answer: Answer): AnswerPiece[] {
  const pieces: AnswerPiece[] = [];
  for (const piece of textPieces(answer.reasoning)) pieces.push({ kind: 'reasoning', ...piece });
  for (const piece of textPieces(answer.text)) pieces.push({ kind: 'text', ...piece });
  answer.toolCalls.forEach((call, index) => {
    pieces.push({ kind: 'tool', index, name: call.name, tokens: countTokens(call.name) });
    for (const piece of textPieces(call.argumentsText)) pieces.push({ kind: 'arguments', index, ...piece });
  });
  return pieces;
}

export function outputTokens(answer: Answer): OutputTokens {
  const reasoning = countTokens(answer.reasoning);
  let total = reasoning + countTokens(answer.text);
  for (const call of answer.toolCalls) total += countTokens(call.name) + countTokens(call.argumentsText);
  return { reasoning, total };
}
