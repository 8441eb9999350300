import type { Answer, AnswerPiece, Finish } from '../../content/answer.js';
import { textPieces } from '../../counting/count-tokens.js';
import { nativeId } from '../native-ids.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { geminiErrorObject } from './errors.js';
import { isThree } from './request.js';
import { thoughtSignature } from './signature.js';
import { geminiUsage, openingUsage } from './usage.js';

const FINISH_REASONS: Readonly<Record<Finish['kind'], string>> = {
  stop: 'STOP',
  stop_sequence: 'STOP',
  length: 'MAX_TOKENS',
  tool_calls: 'STOP',
  content_filter: 'SAFETY',
};

/** Writes an answer, whole or in frames. https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse */
export function generateWriter(input: ReplyInput): ReplyWriter {
  const { prompt, answers } = input;
  const responseId = nativeId('', 22);
  const signature =
    isThree(prompt.model) || input.output.reasoning > 0 ? thoughtSignature(prompt.seed) : null;
  const callIds = answers.map((answer) => answer.toolCalls.map(() => nativeId('', 8)));
  const body = (candidates: unknown[], usageMetadata: unknown): string =>
    JSON.stringify({ candidates, usageMetadata, modelVersion: prompt.model, responseId });
  const frame = (phase: FramePhase, data: string, tokens = 0): Frame => ({ data, phase, tokens });
  const event = (candidate: unknown, usage: unknown): string => `data: ${body([candidate], usage)}\r\n\r\n`;
  const content = (parts: unknown[]): unknown => ({ parts, role: 'model' });
  const collectors = answers.map((answer, choice) => callCollector(answer, callIds[choice] ?? [], signature));

  return {
    plain: () =>
      body(
        answers.map((answer, index) => ({
          content: content(
            plainParts(answer, callIds[index] ?? [], signature, prompt.showsReasoning === true),
          ),
          finishReason: FINISH_REASONS[answer.finish.kind],
          index,
          ...logprobsMember(textPieces(answer.text), prompt.logprobs),
        })),
        geminiUsage(input),
      ),
    open: () => [],
    piece: (index, piece) => {
      const part =
        piece.kind === 'tool' || piece.kind === 'arguments'
          ? collectors[index]?.(piece)
          : textPart(piece, prompt.showsReasoning === true);
      const logprobs = piece.kind === 'text' ? logprobsMember([piece], prompt.logprobs) : {};
      const data = part ? event({ content: content([part]), index, ...logprobs }, openingUsage(input)) : '';
      return [frame(piece.kind, data, piece.tokens)];
    },
    close: () =>
      answers.map((answer, index) => {
        const isSigned = signature !== null && answer.toolCalls.length === 0;
        const part = { text: '', ...(isSigned ? { thoughtSignature: signature } : {}) };
        const finishReason = FINISH_REASONS[answer.finish.kind];
        return frame('finish', event({ content: content([part]), finishReason, index }, geminiUsage(input)));
      }),
    error: (problem) => `data: ${JSON.stringify(geminiErrorObject(problem))}\r\n\r\n`,
  };
}

function textPart(piece: AnswerPiece, showsReasoning: boolean): unknown {
  if (piece.kind === 'text') return { text: piece.text };
  return piece.kind === 'reasoning' && showsReasoning ? { text: piece.text, thought: true } : undefined;
}

/** Each token is half as likely as the one before it among those that might have been. */
function logprobsMember(pieces: readonly { text: string }[], top: number | undefined): object {
  if (top === undefined || pieces.length === 0) return {};
  const candidate = (token: string, rank: number): object => ({
    token,
    tokenId: token.codePointAt(0) ?? 0,
    logProbability: -Math.LN2 * (rank + 1),
  });
  const others = (token: string): object[] =>
    Array.from({ length: top }, (_, rank) => candidate(rank === 0 ? token : `${token}${rank}`, rank));
  return {
    logprobsResult: {
      chosenCandidates: pieces.map(({ text }) => candidate(text, 0)),
      topCandidates: pieces.map(({ text }) => ({ candidates: others(text) })),
    },
  };
}

/** A call goes out in one part, when all of its arguments are there. */
function callCollector(
  { toolCalls }: Answer,
  ids: readonly string[],
  signature: string | null,
): (piece: Extract<AnswerPiece, { kind: 'tool' | 'arguments' }>) => unknown {
  let written = 0;
  return (piece) => {
    const { index } = piece;
    const whole = toolCalls[index]?.argumentsText ?? '';
    written = piece.kind === 'tool' ? 0 : written + piece.text.length;
    return written < whole.length ? undefined : callPart(toolCalls, index, ids, signature);
  };
}

function callPart(
  calls: Answer['toolCalls'],
  index: number,
  ids: readonly string[],
  signature: string | null,
): unknown {
  const call = calls[index];
  return {
    functionCall: { name: call?.name, args: toArguments(call?.argumentsText ?? ''), id: ids[index] },
    // Of parallel calls the first one alone is signed.
    ...(signature !== null && index === 0 ? { thoughtSignature: signature } : {}),
  };
}

function plainParts(
  answer: Answer,
  ids: readonly string[],
  signature: string | null,
  showsReasoning: boolean,
): unknown[] {
  const isTextSigned = signature !== null && answer.toolCalls.length === 0;
  return [
    ...(showsReasoning && answer.reasoning !== '' ? [{ text: answer.reasoning, thought: true }] : []),
    ...(answer.text === '' && answer.toolCalls.length > 0
      ? []
      : [{ text: answer.text, ...(isTextSigned ? { thoughtSignature: signature } : {}) }]),
    ...answer.toolCalls.map((_, index) => callPart(answer.toolCalls, index, ids, signature)),
  ];
}

/** Arguments that a token limit cut are no JSON; such a call has none. */
function toArguments(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
