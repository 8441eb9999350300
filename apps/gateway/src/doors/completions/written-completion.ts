import type { CompletionsRequest } from '@trunkline/contracts';
import type { AnswerPiece, Completion } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import { MAX_SENT_BYTES } from '../../failover/rescue/continuation.js';
import { Splicer } from '../../failover/rescue/splicer.js';
import type { PieceContinuation, PieceKeeper } from '../endpoint-door.js';

type Chunk = Extract<AnswerPiece, { kind: 'event' }>['event'];
type Choice = Readonly<Record<string, unknown>>;

/** What of a streamed completion is with its client, and how another target goes on: behind the prompt and that. */
export class WrittenCompletion implements PieceKeeper<CompletionsRequest, Completion> {
  private readonly texts = new Map<number, { all: string; part: string }>();
  private first: Chunk | null = null;
  private hasLogprobs = false;
  private hasFinished = false;

  constructor(private readonly request: CompletionsRequest) {}

  get whole(): Completion {
    return { choices: [...this.texts].map(([index, { all: text }]) => ({ index, text })) };
  }

  note(piece: AnswerPiece): void {
    if (piece.kind !== 'event') return;
    this.first ??= piece.event;
    for (const choice of choicesOf(piece.event)) {
      const index = typeof choice['index'] === 'number' ? choice['index'] : 0;
      const known = this.texts.get(index) ?? { all: '', part: '' };
      this.texts.set(index, { all: known.all + textOf(choice), part: known.part + textOf(choice) });
      if (choice['logprobs']) this.hasLogprobs = true;
      if (choice['finish_reason']) this.hasFinished = true;
    }
  }

  takePart(): Completion {
    const choices = [...this.texts].map(([index, { part: text }]) => ({ index, text }));
    for (const known of this.texts.values()) known.part = '';
    return { choices };
  }

  continuation(): PieceContinuation<CompletionsRequest> | null {
    const { prompt } = this.request;
    const text = this.texts.get(0)?.all ?? '';
    if (typeof prompt !== 'string' || this.isBeyondText() || Buffer.byteLength(text) > MAX_SENT_BYTES)
      return null;
    if (text.trim() === '')
      return this.joining({ request: this.request, text, splicer: null, mode: 'restart' });
    const { max_tokens: limit } = this.request;
    const left = limit ? Math.max(1, limit - Math.floor(estimateText(text))) : limit;
    const request = { ...this.request, prompt: prompt + text.trimEnd(), max_tokens: left };
    return this.joining({ request, text, splicer: new Splicer(text, 'prefill'), mode: 'prefill' });
  }

  /** Something that no other model can go on from. */
  private isBeyondText(): boolean {
    const { n, best_of: bestOf, suffix, echo, logprobs } = this.request;
    const isAsked = Boolean(suffix) || echo === true || typeof logprobs === 'number';
    return (
      isAsked ||
      this.hasLogprobs ||
      this.hasFinished ||
      (n ?? 1) > 1 ||
      (bestOf ?? 1) > 1 ||
      this.texts.size > 1
    );
  }

  private joining({
    request,
    text,
    splicer,
    mode,
  }: {
    request: CompletionsRequest;
    text: string;
    splicer: Splicer | null;
    mode: 'restart' | 'prefill';
  }): PieceContinuation<CompletionsRequest> {
    const { id, created, model } = this.first ?? {};
    const names = this.first === null ? {} : { id, created, model };
    return {
      request,
      splice: { mode, atCharacters: text.length, skippedCharacters: 0 },
      get skippedCharacters() {
        return splicer?.skipped ?? 0;
      },
      joined: (piece) => {
        if (piece.kind !== 'event') return null;
        const [choice, ...others] = choicesOf(piece.event);
        let said = choice ? textOf(choice) : '';
        if (splicer && said !== '') said = splicer.push(said) ?? '';
        if (splicer && piece.isLast && !splicer.isDecided) said += splicer.end() ?? '';
        if (said === '' && !piece.isLast) return null;
        const choices = choice ? [{ ...choice, text: said }, ...others] : [];
        return { ...piece, event: { ...piece.event, ...names, choices } };
      },
    };
  }
}

function choicesOf(chunk: Chunk): readonly Choice[] {
  const { choices } = chunk;
  return Array.isArray(choices) ? (choices as Choice[]) : [];
}

function textOf({ text }: Choice): string {
  return typeof text === 'string' ? text : '';
}
