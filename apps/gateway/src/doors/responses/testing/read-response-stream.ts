/** A frame of a stream of Responses, loosely. */
export interface ResponseFrame {
  readonly type: string;
  readonly sequence_number: number;
  readonly output_index?: number;
  readonly content_index?: number;
  readonly summary_index?: number;
  readonly item_id?: string;
  readonly delta?: string;
  readonly text?: string;
  readonly arguments?: string;
  readonly input?: string;
  readonly refusal?: string;
  readonly item?: ResponseOutputItem;
  readonly part?: { type: string; text?: string; refusal?: string };
  readonly annotation?: unknown;
  readonly response?: ResponseBody;
  readonly error?: { code: string; message: string };
}

export interface ResponseOutputItem {
  readonly id: string;
  readonly type: string;
  readonly status?: string;
  readonly call_id?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly input?: string;
  readonly encrypted_content?: string;
  readonly result?: string | null;
  readonly output_format?: string;
  readonly url?: string;
  readonly summary?: { text: string }[];
  readonly content?: { type: string; text?: string; refusal?: string; annotations?: unknown[] }[];
}

export interface ResponseBody {
  readonly id: string;
  readonly status: string;
  readonly model: string;
  readonly store: boolean;
  readonly output: ResponseOutputItem[];
  readonly usage: { input_tokens: number; output_tokens: number; total_tokens: number; cost: number } | null;
  readonly error: { code: string } | null;
  readonly incomplete_details: { reason: string } | null;
  readonly [extra: string]: unknown;
}

export function framesOf(text: string): ResponseFrame[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const [event, data] = block.split('\n');
      const frame = JSON.parse(data?.replace(/^data: /, '') ?? '') as ResponseFrame;
      if (event !== `event: ${frame.type}`) throw new Error(`the frame ${frame.type} is called ${event}`);
      return frame;
    });
}

/**
 * What is wrong with a stream, by OpenAI's order: numbers without gaps, items and parts that begin before they grow and
 * end once, whole texts that are the sum of their pieces, and a terminal event with the items as they ended.
 * https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function orderProblems(frames: readonly ResponseFrame[]): string[] {
  const problems: string[] = [];
  const items = new Map<number, OpenItem>();
  for (const [i, frame] of frames.entries()) {
    if (frame.sequence_number !== i) problems.push(`frame ${i} has the number ${frame.sequence_number}`);
    const problem = i < 2 ? startProblem(frame, i) : frameProblem(frame, items, frames, i);
    if (problem !== null) problems.push(`${i} ${frame.type}: ${problem}`);
  }
  const last = frames.at(-1);
  if (!last || !TERMINAL.test(last.type)) problems.push(`ends with ${last?.type}`);
  return problems;
}

const TERMINAL = /^response\.(?:completed|incomplete|failed)$/;

interface OpenItem {
  id: string;
  done: ResponseOutputItem | null;
  /** Text so far, by part; arguments under -1. */
  texts: Map<number, string>;
  openPart: number | null;
}

function startProblem({ type, response }: ResponseFrame, i: number): string | null {
  if (type !== ['response.created', 'response.in_progress'][i]) return 'does not come here';
  return response?.status === 'in_progress' && response.output.length === 0 ? null : 'is not in progress';
}

function frameProblem(
  frame: ResponseFrame,
  items: Map<number, OpenItem>,
  frames: readonly ResponseFrame[],
  i: number,
): string | null {
  if (TERMINAL.test(frame.type)) return terminalProblem(frame, items, i === frames.length - 1);
  if (frame.type === 'error') return null;
  const index = frame.output_index ?? -1;
  const item = items.get(index);
  if (frame.type === 'response.output_item.added') {
    if (index !== items.size) return `index ${index} after ${items.size} items`;
    items.set(index, { id: frame.item?.id ?? '', done: null, texts: new Map(), openPart: null });
    return null;
  }
  if (!item) return `item ${index} has not begun`;
  if (item.done) return `item ${index} has ended`;
  if (frame.type === 'response.output_item.done') {
    item.done = frame.item ?? null;
    if (item.openPart !== null) return 'has an open part';
    return frame.item?.id === item.id ? null : 'has another id';
  }
  if (frame.item_id !== item.id) return `is of ${frame.item_id}, not ${item.id}`;
  return partProblem(frame, item);
}

function partProblem(frame: ResponseFrame, item: OpenItem): string | null {
  const place = frame.content_index ?? frame.summary_index ?? -1;
  if (frame.type.endsWith('_part.added')) {
    if (item.openPart !== null) return 'another part is open';
    item.openPart = place;
    item.texts.set(place, '');
    return null;
  }
  if (place !== -1 && item.openPart !== place) return `part ${place} is not open`;
  if (frame.type.endsWith('_part.done')) {
    item.openPart = null;
    const whole = frame.part?.text ?? frame.part?.refusal;
    return whole === item.texts.get(place) ? null : 'is not the sum of its pieces';
  }
  if (frame.type.endsWith('.delta')) item.texts.set(place, (item.texts.get(place) ?? '') + frame.delta);
  if (!frame.type.endsWith('.done')) return null;
  const whole = frame.text ?? frame.arguments ?? frame.input ?? frame.refusal;
  return whole === (item.texts.get(place) ?? '') ? null : 'is not the sum of its pieces';
}

function terminalProblem(
  { type, response }: ResponseFrame,
  items: Map<number, OpenItem>,
  isLast: boolean,
): string | null {
  if (!isLast) return 'is not the last';
  if (type !== `response.${response?.status}`) return `has status ${response?.status}`;
  if (type === 'response.failed') return response?.error ? null : 'has no error';
  const done = JSON.stringify([...items.values()].map((item) => item.done));
  return JSON.stringify(response?.output) === done ? null : 'has other items than went before';
}
