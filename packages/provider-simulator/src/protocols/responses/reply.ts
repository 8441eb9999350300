import type { Answer, AnswerPiece } from '../../content/answer.js';
import { nativeId } from '../native-ids.js';
import { openAiErrorObject } from '../openai/errors.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { outputOf, responsesUsage, type Output, type OutputItem } from './output.js';

const NOTHING: Answer = { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };

/** Writes a response, whole or as events. https://platform.openai.com/docs/api-reference/responses-streaming */
export function responsesWriter(input: ReplyInput): ReplyWriter {
  const answer = input.answers[0] ?? NOTHING;
  const output = outputOf(answer, input);
  const head = { id: nativeId('resp_', 48), created: Math.floor(Date.now() / 1_000) };
  const events = new EventLine();
  return {
    plain: () => JSON.stringify(finalResponse(head, input, answer, output)),
    open: () =>
      ['response.created', 'response.in_progress'].map((type) =>
        events.frame('open', type, { response: response(head, input, { status: 'in_progress' }) }),
      ),
    ...itemWriter(events, output, () => finalResponse(head, input, answer, output)),
    error: (problem) => {
      const { error } = openAiErrorObject(problem, { ...input.profile, errorShape: 'openai' }) as {
        error: object;
      };
      return events.frame('terminal', 'error', { error }).data;
    },
  };
}

/** Numbers the events of one stream. */
class EventLine {
  private sequence = 0;

  frame(phase: FramePhase, type: string, members: Record<string, unknown>, tokens = 0): Frame {
    const data = JSON.stringify({ type, sequence_number: this.sequence, ...members });
    this.sequence += 1;
    return { data: `event: ${type}\ndata: ${data}\n\n`, phase, tokens };
  }
}

function itemWriter(
  events: EventLine,
  output: Output,
  final: () => Record<string, unknown>,
): Pick<ReplyWriter, 'piece' | 'close'> {
  let open: OutputItem | undefined;
  const place = (): { item_id: string; output_index: number } => ({
    item_id: open?.id ?? '',
    output_index: open === undefined ? 0 : output.items.indexOf(open),
  });
  const begin = (item: OutputItem | undefined): Frame[] => {
    if (item === undefined || item === open) return [];
    const frames = end('aside');
    open = item;
    const { output_index } = place();
    frames.push(events.frame('aside', 'response.output_item.added', { output_index, item: begun(item) }));
    const part = firstPart(item);
    if (part) frames.push(events.frame('aside', part.added, { ...place(), ...part.index, part: part.empty }));
    return frames;
  };
  const end = (phase: FramePhase): Frame[] => {
    if (open === undefined) return [];
    const item = open;
    const part = firstPart(item);
    const frames: Frame[] = [];
    if (item.type === 'function_call')
      frames.push(
        events.frame(phase, 'response.function_call_arguments.done', {
          ...place(),
          arguments: item['arguments'],
        }),
      );
    if (part)
      frames.push(
        events.frame(phase, part.textDone, { ...place(), ...part.index, text: part.whole['text'] }),
        events.frame(phase, part.done, { ...place(), ...part.index, part: part.whole }),
      );
    const { output_index } = place();
    frames.push(events.frame(phase, 'response.output_item.done', { output_index, item }));
    open = undefined;
    return frames;
  };
  return {
    piece: (_, piece) => {
      const item = itemOf(piece, output);
      const frames = begin(item);
      const delta = deltaOf(piece, item);
      frames.push(
        delta === undefined
          ? { data: '', phase: piece.kind, tokens: piece.tokens }
          : events.frame(piece.kind, delta.type, { ...place(), ...delta.members }, piece.tokens),
      );
      return frames;
    },
    close: () => {
      const frames = end('finish');
      const response = final();
      return [...frames, events.frame('terminal', `response.${String(response['status'])}`, { response })];
    },
  };
}

function itemOf(piece: AnswerPiece, { reasoning, message, calls }: Output): OutputItem | undefined {
  switch (piece.kind) {
    case 'reasoning':
      return reasoning;
    case 'text':
      return message;
    case 'tool':
    case 'arguments':
      return calls[piece.index];
  }
}

/** Reasoning without a summary takes its time and says nothing. */
function deltaOf(
  piece: AnswerPiece,
  item: OutputItem | undefined,
): { type: string; members: Record<string, unknown> } | undefined {
  switch (piece.kind) {
    case 'text':
      return {
        type: 'response.output_text.delta',
        members: { content_index: 0, delta: piece.text, logprobs: [] },
      };
    case 'reasoning':
      return item && firstPart(item)
        ? { type: 'response.reasoning_summary_text.delta', members: { summary_index: 0, delta: piece.text } }
        : undefined;
    case 'arguments':
      return { type: 'response.function_call_arguments.delta', members: { delta: piece.text } };
    case 'tool':
      return undefined;
  }
}

interface FirstPart {
  readonly added: string;
  readonly textDone: string;
  readonly done: string;
  readonly index: Record<string, number>;
  readonly empty: Record<string, unknown>;
  readonly whole: Record<string, unknown>;
}

function firstPart(item: OutputItem): FirstPart | undefined {
  const isMessage = item.type === 'message';
  const parts = (isMessage ? item['content'] : item['summary']) as Record<string, unknown>[] | undefined;
  const [whole] = parts ?? [];
  if (whole === undefined) return undefined;
  const kind = isMessage ? 'content_part' : 'reasoning_summary_part';
  return {
    added: `response.${kind}.added`,
    textDone: isMessage ? 'response.output_text.done' : 'response.reasoning_summary_text.done',
    done: `response.${kind}.done`,
    index: isMessage ? { content_index: 0 } : { summary_index: 0 },
    empty: { ...whole, text: '' },
    whole,
  };
}

/** An item as it is before it says anything. */
function begun(item: OutputItem): Record<string, unknown> {
  switch (item.type) {
    case 'message':
      return { ...item, status: 'in_progress', content: [] };
    case 'reasoning':
      return { id: item.id, type: item.type, summary: [] };
    default:
      return { ...item, status: 'in_progress', arguments: '' };
  }
}

function response(
  { id, created }: { id: string; created: number },
  { prompt }: ReplyInput,
  more: Record<string, unknown>,
): Record<string, unknown> {
  return {
    id,
    object: 'response',
    created_at: created,
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: prompt.maxOutputTokens ?? null,
    model: prompt.model,
    output: [],
    parallel_tool_calls: prompt.parallelToolCalls,
    previous_response_id: null,
    service_tier: 'default',
    store: false,
    truncation: 'disabled',
    usage: null,
    metadata: {},
    ...more,
  };
}

function finalResponse(
  head: { id: string; created: number },
  input: ReplyInput,
  answer: Answer,
  { items }: Output,
): Record<string, unknown> {
  const { kind } = answer.finish;
  const reason = kind === 'length' ? 'max_output_tokens' : kind === 'content_filter' ? kind : null;
  return response(head, input, {
    status: reason === null ? 'completed' : 'incomplete',
    incomplete_details: reason === null ? null : { reason },
    output: items,
    usage: responsesUsage(input),
  });
}
