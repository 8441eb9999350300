import type { Answer, AnswerPiece, Finish } from '../../content/answer.js';
import { nativeId } from '../native-ids.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { cohereErrorObject } from './errors.js';
import { cohereUsage } from './usage.js';

const FINISH_REASONS: Readonly<Record<Finish['kind'], string>> = {
  stop: 'COMPLETE',
  stop_sequence: 'STOP_SEQUENCE',
  length: 'MAX_TOKENS',
  tool_calls: 'TOOL_CALL',
  content_filter: 'ERROR_TOXIC',
};

/** Writes an answer, whole or as events. https://docs.cohere.com/docs/streaming */
export function chatWriter(input: ReplyInput): ReplyWriter {
  const answer = input.answers[0] ?? { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };
  const id = nativeId('', 32);
  const callIds = answer.toolCalls.map(({ name }) => `${name}_${nativeId('', 12).toLowerCase()}`);
  return {
    plain: () =>
      JSON.stringify({
        id,
        message: { role: 'assistant', ...messageOf(answer, callIds) },
        finish_reason: FINISH_REASONS[answer.finish.kind],
        usage: cohereUsage(input),
      }),
    ...eventWriter(input, answer, { id, callIds }),
    error: (problem) => `data: ${JSON.stringify(cohereErrorObject(problem))}\n\n`,
  };
}

/** What stands before calls is their plan. */
function messageOf(answer: Answer, callIds: readonly string[]): Record<string, unknown> {
  const isPlan = answer.toolCalls.length > 0;
  const content = [
    ...(answer.reasoning === '' ? [] : [{ type: 'thinking', thinking: answer.reasoning }]),
    ...(isPlan || answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
  ];
  return {
    ...(content.length > 0 ? { content } : {}),
    ...(isPlan && answer.text !== '' ? { tool_plan: answer.text } : {}),
    ...(isPlan
      ? {
          tool_calls: answer.toolCalls.map(({ name, argumentsText }, index) => ({
            id: callIds[index],
            type: 'function',
            function: { name, arguments: argumentsText },
          })),
        }
      : {}),
  };
}

function eventWriter(
  input: ReplyInput,
  answer: Answer,
  { id, callIds }: { id: string; callIds: readonly string[] },
): Pick<ReplyWriter, 'open' | 'piece' | 'close'> {
  const isPlan = answer.toolCalls.length > 0;
  let open: { key: string; index: number; end: string } | null = null;
  let blocks = 0;
  const frame = (phase: FramePhase, data: string, tokens = 0): Frame => ({ data, phase, tokens });
  const close = (): Frame[] => {
    const last = open;
    open = null;
    return last === null || last.end === '' ? [] : [frame('aside', event(last.end, { index: last.index }))];
  };
  const openBlock = (type: 'text' | 'thinking'): Frame[] => {
    if (open?.key === type) return [];
    const frames = close();
    open = { key: type, index: blocks, end: 'content-end' };
    blocks += 1;
    const message = { content: { type, [type]: '' } };
    return [...frames, frame('aside', event('content-start', { index: open.index, delta: { message } }))];
  };
  const callPiece = (value: Extract<AnswerPiece, { kind: 'tool' | 'arguments' }>): Frame[] => {
    const { index } = value;
    const isStart = value.kind === 'tool';
    const frames = isStart ? close() : [];
    if (isStart) open = { key: `call ${index}`, index, end: 'tool-call-end' };
    const calls = isStart
      ? { id: callIds[index], type: 'function', function: { name: value.name, arguments: '' } }
      : { function: { arguments: value.text } };
    const name = isStart ? 'tool-call-start' : 'tool-call-delta';
    const data = event(name, { index, delta: { message: { tool_calls: calls } } });
    return [...frames, frame(value.kind, data, value.tokens)];
  };
  const piece = (value: AnswerPiece): Frame[] => {
    if (value.kind === 'tool' || value.kind === 'arguments') return callPiece(value);
    if (value.kind === 'text' && isPlan) {
      const frames = close();
      const message = { tool_plan: value.text };
      return [...frames, frame('text', event('tool-plan-delta', { delta: { message } }), value.tokens)];
    }
    const type = value.kind === 'text' ? 'text' : 'thinking';
    const frames = openBlock(type);
    const message = { content: { [type]: value.text } };
    const data = event('content-delta', { index: open?.index ?? 0, delta: { message } });
    return [...frames, frame(value.kind, data, value.tokens)];
  };
  return {
    open: () => {
      const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
      return [frame('open', event('message-start', { id, delta: { message } }))];
    },
    piece: (_, value) => piece(value),
    close: () => {
      const delta = { finish_reason: FINISH_REASONS[answer.finish.kind], usage: cohereUsage(input) };
      const closing = close().map((one) => ({ ...one, phase: 'finish' as const }));
      return [...closing, frame('terminal', `${event('message-end', { delta })}data: [DONE]\n\n`)];
    },
  };
}

function event(type: string, data: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
