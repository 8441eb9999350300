import type { Answer, AnswerPiece, Finish } from '../../content/answer.js';
import { thinkingSignature } from '../anthropic/signature.js';
import { nativeId } from '../native-ids.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { streamException } from './errors.js';
import { eventMessage, exceptionMessage } from './event-message.js';
import { rulesOf } from './model-rules.js';

const STOP_REASONS: Readonly<Record<Finish['kind'], string>> = {
  stop: 'end_turn',
  stop_sequence: 'stop_sequence',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
};
const LATENCY_MS = 420;
/** Of events, so that their lengths say less of their tokens. */
const PADDING = 'abcdefghijklmnopqrstuvwxyz';

/** Writes an answer of Converse, whole or as events. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export function converseWriter(input: ReplyInput): ReplyWriter {
  const answer = input.answers[0] ?? { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };
  const toolIds = answer.toolCalls.map(() => nativeId('tooluse_', 22));
  const signature = rulesOf(input.prompt.model).isClaude ? thinkingSignature(answer.reasoning) : null;
  return {
    plain: () =>
      JSON.stringify({
        metrics: { latencyMs: LATENCY_MS },
        output: { message: { content: contentBlocks(answer, toolIds, signature), role: 'assistant' } },
        stopReason: STOP_REASONS[answer.finish.kind],
        usage: usageOf(input),
      }),
    ...eventWriter(input, answer, { toolIds, signature }),
    error: (problem) => {
      const { name, message } = streamException(problem);
      return exceptionMessage(name, { message });
    },
  };
}

function eventWriter(
  input: ReplyInput,
  answer: Answer,
  { toolIds, signature }: { toolIds: readonly string[]; signature: string | null },
): Pick<ReplyWriter, 'open' | 'piece' | 'close'> {
  let index = -1;
  let openBlock = '';
  const frame = (phase: FramePhase, name: string, payload: object, tokens = 0): Frame => ({
    data: eventMessage(name, { ...payload, p: PADDING.slice(0, 1 + (tokens % PADDING.length)) }),
    phase,
    tokens,
  });
  const delta = (phase: FramePhase, change: unknown, tokens = 0): Frame =>
    frame(phase, 'contentBlockDelta', { contentBlockIndex: index, delta: change }, tokens);
  const closeBlock = (phase: FramePhase): Frame[] => {
    if (openBlock === '') return [];
    const isSigned = openBlock === 'reasoning' && signature !== null;
    openBlock = '';
    return [
      ...(isSigned ? [delta('aside', { reasoningContent: { signature } })] : []),
      frame(phase, 'contentBlockStop', { contentBlockIndex: index }),
    ];
  };
  return {
    open: () => [frame('open', 'messageStart', { role: 'assistant' })],
    piece: (_, piece) => {
      const { key, start, change } = blockOf(piece, toolIds);
      const frames = openBlock === key ? [] : closeBlock('aside');
      if (openBlock !== key) {
        openBlock = key;
        index += 1;
      }
      return start === undefined
        ? [...frames, delta(piece.kind, change, piece.tokens)]
        : [...frames, frame('tool', 'contentBlockStart', { contentBlockIndex: index, start }, piece.tokens)];
    },
    close: () => [
      ...closeBlock('finish'),
      frame('finish', 'messageStop', { stopReason: STOP_REASONS[answer.finish.kind] }),
      frame('terminal', 'metadata', { metrics: { latencyMs: LATENCY_MS }, usage: usageOf(input) }),
    ],
  };
}

/** Only calls have a beginning of their own. */
function blockOf(
  piece: AnswerPiece,
  toolIds: readonly string[],
): { key: string; start?: unknown; change?: unknown } {
  switch (piece.kind) {
    case 'reasoning':
      return { key: 'reasoning', change: { reasoningContent: { text: piece.text } } };
    case 'text':
      return { key: 'text', change: { text: piece.text } };
    case 'tool':
      return {
        key: `tool ${piece.index}`,
        start: { toolUse: { name: piece.name, toolUseId: toolIds[piece.index] } },
      };
    case 'arguments':
      return { key: `tool ${piece.index}`, change: { toolUse: { input: piece.text } } };
  }
}

function contentBlocks(answer: Answer, toolIds: readonly string[], signature: string | null): unknown[] {
  const reasoningText = { ...(signature === null ? {} : { signature }), text: answer.reasoning };
  return [
    ...(answer.reasoning === '' ? [] : [{ reasoningContent: { reasoningText } }]),
    ...(answer.text === '' ? [] : [{ text: answer.text }]),
    ...answer.toolCalls.map(({ name, argumentsText }, index) => ({
      toolUse: { input: toInput(argumentsText), name, toolUseId: toolIds[index] },
    })),
  ];
}

/** Arguments that a token limit cut are no JSON; a whole message then has an empty input. */
function toInput(argumentsText: string): unknown {
  try {
    return JSON.parse(argumentsText) as unknown;
  } catch {
    return {};
  }
}

/** `inputTokens` leaves out what a cache read or wrote. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html */
function usageOf({ promptTokens, cacheUse, output }: ReplyInput): Record<string, unknown> {
  const { read, written5m, written1h } = cacheUse;
  const details = [
    { inputTokens: written5m, ttl: '5m' },
    { inputTokens: written1h, ttl: '1h' },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return {
    cacheReadInputTokens: read,
    cacheWriteInputTokens: written5m + written1h,
    ...(details.length > 0 ? { cacheDetails: details } : {}),
    inputTokens: promptTokens - read - written5m - written1h,
    outputTokens: output.total,
    serverToolUsage: {},
    totalTokens: promptTokens + output.total,
  };
}
