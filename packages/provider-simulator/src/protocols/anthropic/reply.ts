import type { Answer, AnswerPiece, Finish } from '../../content/answer.js';
import { nativeId } from '../native-ids.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { anthropicErrorObject } from './errors.js';
import { thinkingSignature } from './signature.js';
import { deltaUsage, messageUsage, thinkingDetails } from './usage.js';

const STOP_REASONS: Readonly<Record<Finish['kind'], string>> = {
  stop: 'end_turn',
  stop_sequence: 'stop_sequence',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

/** Writes a message, whole or as events. https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export function messageWriter(input: ReplyInput): ReplyWriter {
  const answer = input.answers[0] ?? { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };
  const id = nativeId('msg_01', 22);
  const toolIds = answer.toolCalls.map(() => nativeId('toolu_01', 22));
  return {
    plain: () =>
      JSON.stringify({
        model: input.prompt.model,
        id,
        type: 'message',
        role: 'assistant',
        content: contentBlocks(answer, toolIds),
        ...stop(answer.finish),
        usage: { ...messageUsage(input, input.output.total), ...thinkingDetails(input) },
      }),
    ...eventWriter(input, answer, { id, toolIds }),
    error: (problem) => event('error', anthropicErrorObject(problem)),
  };
}

function eventWriter(
  input: ReplyInput,
  answer: Answer,
  { id, toolIds }: { id: string; toolIds: readonly string[] },
): Pick<ReplyWriter, 'open' | 'piece' | 'close'> {
  let index = -1;
  let openBlock = '';
  const frame = (phase: FramePhase, data: string, tokens = 0): Frame => ({ data, phase, tokens });
  const delta = (change: unknown): string =>
    event('content_block_delta', { type: 'content_block_delta', index, delta: change });

  const closeBlock = (): Frame[] => {
    if (openBlock === '') return [];
    const isThinking = openBlock === 'reasoning';
    openBlock = '';
    return [
      ...(isThinking
        ? [frame('aside', delta({ type: 'signature_delta', signature: thinkingSignature(answer.reasoning) }))]
        : []),
      frame('aside', event('content_block_stop', { type: 'content_block_stop', index })),
    ];
  };
  const startBlock = (key: string, block: unknown): Frame[] => {
    if (openBlock === key) return [];
    const frames = closeBlock();
    openBlock = key;
    index += 1;
    frames.push(
      frame(
        'aside',
        event('content_block_start', { type: 'content_block_start', index, content_block: block }),
      ),
    );
    if (index === 0) frames.push(frame('aside', event('ping', { type: 'ping' })));
    return frames;
  };

  return {
    open: () => [
      frame(
        'open',
        event('message_start', {
          type: 'message_start',
          message: {
            model: input.prompt.model,
            id,
            type: 'message',
            role: 'assistant',
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage: messageUsage(input, 1),
          },
        }),
      ),
    ],
    piece: (_, piece) => {
      const { key, block, change } = blockOf(piece, toolIds);
      return [
        ...startBlock(key, block),
        frame(piece.kind, change === undefined ? '' : delta(change), piece.tokens),
      ];
    },
    close: () => [
      ...closeBlock().map((closing) => ({ ...closing, phase: 'finish' as const })),
      frame(
        'finish',
        event('message_delta', {
          type: 'message_delta',
          delta: stop(answer.finish),
          usage: deltaUsage(input),
        }),
      ),
      frame('terminal', event('message_stop', { type: 'message_stop' })),
    ],
  };
}

function blockOf(
  piece: AnswerPiece,
  toolIds: readonly string[],
): { key: string; block: unknown; change: unknown } {
  switch (piece.kind) {
    case 'reasoning':
      return {
        key: 'reasoning',
        block: { type: 'thinking', thinking: '', signature: '' },
        change: { type: 'thinking_delta', thinking: piece.text },
      };
    case 'text':
      return {
        key: 'text',
        block: { type: 'text', text: '' },
        change: { type: 'text_delta', text: piece.text },
      };
    case 'tool':
      return {
        key: `tool ${piece.index}`,
        block: { type: 'tool_use', id: toolIds[piece.index], name: piece.name, input: {} },
        change: { type: 'input_json_delta', partial_json: '' },
      };
    case 'arguments':
      return {
        key: `tool ${piece.index}`,
        block: undefined,
        change: { type: 'input_json_delta', partial_json: piece.text },
      };
  }
}

function contentBlocks(answer: Answer, toolIds: readonly string[]): unknown[] {
  return [
    ...(answer.reasoning === ''
      ? []
      : [{ type: 'thinking', thinking: answer.reasoning, signature: thinkingSignature(answer.reasoning) }]),
    ...(answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
    ...answer.toolCalls.map((call, index) => ({
      type: 'tool_use',
      id: toolIds[index],
      name: call.name,
      input: toInput(call.argumentsText),
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

function stop(finish: Finish): Record<string, unknown> {
  return {
    stop_reason: STOP_REASONS[finish.kind],
    stop_sequence: finish.kind === 'stop_sequence' ? finish.sequence : null,
  };
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
