import { isRecord, textOf, type JsonRecord } from '../loose-json.js';
import { PartialArguments } from './partial-arguments.js';

/** A `functionCall`: a whole call, or a piece of one. */
export interface CallPiece {
  readonly id: string | null;
  /** '' in the pieces behind the first. */
  readonly name: string;
  readonly args: unknown;
  readonly partialArgs: readonly unknown[];
  readonly willContinue: boolean;
  readonly signature: string | null;
}

/** What a piece says of its call. */
export type CallStep =
  | {
      readonly kind: 'begin';
      readonly id: string | null;
      readonly name: string;
      readonly signature: string | null;
    }
  | { readonly kind: 'arguments'; readonly text: string }
  /** One that came behind the beginning. */
  | { readonly kind: 'signature'; readonly signature: string };

export function readCallPiece(call: JsonRecord, signature: string | null): CallPiece {
  const { id, name, args, partialArgs, willContinue } = call;
  return {
    id: textOf(id) || null,
    name: textOf(name),
    args,
    partialArgs: Array.isArray(partialArgs) ? (partialArgs as unknown[]) : [],
    willContinue: willContinue === true,
    signature,
  };
}

/**
 * Puts the calls of one candidate together. They come whole, but for those who ask for their arguments in pieces: then a
 * name comes first, values with their paths follow, and a piece that does not go on is the last.
 * https://googleapis.github.io/js-genai/release_docs/interfaces/types.FunctionCall.html
 */
export class CallReader {
  private open: PartialArguments | null = null;
  private openId: string | null = null;

  /** A call has begun whose end has not come. */
  get isWithinCall(): boolean {
    return this.open !== null;
  }

  /** @returns null where the piece cannot be read: the call would not be what the model wrote */
  take(piece: CallPiece): CallStep[] | null {
    const steps: CallStep[] = [];
    const isNext = piece.name !== '' && (piece.id === null || piece.id !== this.openId);
    if (this.open && isNext) {
      // The end of the one before was not said; within a string it cannot be.
      if (this.open.isWithinText) return null;
      steps.push(...this.close(this.open));
    }
    if (!this.open && !isPiece(piece)) return isEndOfNothing(piece) ? steps : whole(piece, steps);
    const open = this.open ?? this.begin(piece, steps);
    if (!open) return null;
    if (piece.signature !== null && steps.at(-1)?.kind !== 'begin')
      steps.push({ kind: 'signature', signature: piece.signature });
    const texts = [
      ...(isRecord(piece.args) ? [open.addWhole(piece.args)] : []),
      ...piece.partialArgs.map((part) => open.add(part)),
    ];
    for (const text of texts) {
      if (text === null) return null;
      if (text !== '') steps.push({ kind: 'arguments', text });
    }
    if (!piece.willContinue) steps.push(...this.close(open));
    return steps;
  }

  /** Null where nobody says of what the call is. */
  private begin({ id, name, signature }: CallPiece, steps: CallStep[]): PartialArguments | null {
    if (name === '') return null;
    this.open = new PartialArguments();
    this.openId = id;
    steps.push({ kind: 'begin', id, name, signature });
    return this.open;
  }

  private close(open: PartialArguments): CallStep[] {
    this.open = null;
    return [{ kind: 'arguments', text: open.end() }];
  }
}

function isPiece({ willContinue, partialArgs }: CallPiece): boolean {
  return willContinue || partialArgs.length > 0;
}

function whole({ id, name, args, signature }: CallPiece, steps: CallStep[]): CallStep[] {
  return [
    ...steps,
    { kind: 'begin', id, name, signature },
    { kind: 'arguments', text: JSON.stringify(args ?? {}) },
  ];
}

/** The last piece of a call that had ended already. */
function isEndOfNothing({ id, name, args, signature }: CallPiece): boolean {
  return id === null && name === '' && args === undefined && signature === null;
}
