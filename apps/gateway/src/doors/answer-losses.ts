import type { ChatEvent } from '@trunkline/contracts';
import type { WholeAnswer } from './chat-door.js';

/** What a dialect has no place for: kinds of events, and what clients are told was left out of their answer. */
export type Uncarried = Readonly<Partial<Record<ChatEvent['type'], AnswerLoss>>>;

/** As `trunkline.dropped` names it; fields of the request have no such beginning. */
export type AnswerLoss = `answer.${string}`;

/** What of a stream its client did not get. */
export class AnswerLosses {
  private readonly names = new Set<AnswerLoss>();

  constructor(private readonly uncarried: Uncarried) {}

  get list(): readonly AnswerLoss[] {
    return [...this.names];
  }

  note(event: ChatEvent): void {
    if (event.type === 'left_out') this.add(`answer.${event.what}`);
    const loss = this.uncarried[event.type];
    if (loss === undefined || (event.type === 'server_tool' && event.isTold)) return;
    this.add(loss);
  }

  add(loss: AnswerLoss): void {
    this.names.add(loss);
  }
}

/** The same of a plain answer, by the fields that the canonical form tells it in; nothing where it passes as it is. */
export function lossesOf(whole: WholeAnswer, uncarried: Uncarried): readonly AnswerLoss[] {
  if (whole.native !== null) return [];
  const losses = new Set<AnswerLoss>((whole.leftOut ?? []).map((what): AnswerLoss => `answer.${what}`));
  const [first] = whole.answer.choices;
  for (const [kind, loss] of Object.entries(uncarried))
    if (first && loss && has[kind as ChatEvent['type']]?.(first)) losses.add(loss);
  return [...losses];
}

type Choice = WholeAnswer['answer']['choices'][number];

const has: Readonly<Partial<Record<ChatEvent['type'], (choice: Choice) => boolean>>> = {
  image: ({ message }) => Boolean(message.images?.length),
  // Some servers write every field, empty.
  audio: ({ message }) => Boolean((message['audio'] as { data?: unknown } | null | undefined)?.data),
  annotation: ({ message }) => Boolean(message.annotations?.length),
  citation: ({ message }) => Boolean(message.citations?.length),
  tool_call_start: ({ message }) => Boolean(message.tool_calls?.length),
  logprobs: ({ logprobs }) => {
    const { content } = (logprobs ?? {}) as { content?: unknown[] | null };
    return Boolean(content?.length);
  },
};
