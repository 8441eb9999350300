import { startOfLastWords } from './last-words.js';
import { SentSpace } from './sent-space.js';

/** How the next target was asked to go on. */
export type SpliceMode = 'prefill' | 'instruction';

/** With prefill a repeat shorter than this is taken for what the model wanted to say. */
const SHORTEST_REPEAT = 24;

/** A place in the sent text at which the new text may begin over, and how much of the new text to overlook first. */
interface Beginning {
  readonly at: number;
  readonly lead: number;
}

/**
 * Joins the text of an answer that goes on to the text that was sent, without a gap and without a repeat. An answer that
 * starts over with the very text that was sent is skipped up to where that ended. By prefill a repeat of at least the
 * last 24 characters is skipped as well; by instruction the answer has to begin with the last words that were sent,
 * which are skipped, and one with neither beginning is no continuation. Pure.
 */
export class Splicer {
  private skippedBefore = 0;
  private readonly wordsAt: number;
  private buffer = '';
  private beginnings: Beginning[] | null = null;
  /** The joint was found. */
  private isJoined = false;
  /** White space behind the joint that was sent already and may come again. */
  private sentSpace = new SentSpace('');

  /** @param sent all visible text of the answer so far; not blank */
  constructor(
    private readonly sent: string,
    readonly mode: SpliceMode,
  ) {
    this.wordsAt = mode === 'instruction' ? startOfLastWords(sent) : sent.length;
  }

  /** Characters of the new text that were not passed on. */
  get skipped(): number {
    return this.skippedBefore + this.sentSpace.skipped;
  }

  get isDecided(): boolean {
    return this.isJoined;
  }

  /** @returns what of the text so far is new; null when it is no continuation */
  push(text: string): string | null {
    if (this.isJoined) return this.sentSpace.without(text);
    this.buffer += text;
    if (this.isOnlyLead()) return '';
    const isBegun = this.beginnings !== null;
    this.beginnings = (this.beginnings ?? this.possibleBeginnings()).filter((one) => this.isPossible(one));
    if (!isBegun && this.beginnings.length === 0) return this.joinNowhere();
    return this.decide();
  }

  /**
   * The text has ended, or something else came.
   * @returns what of it is new; null when it is no continuation
   */
  end(): string | null {
    if (this.isJoined) return '';
    const complete = this.longestComplete();
    if (complete) return this.joinAt(complete);
    if (this.mode === 'instruction') return null;
    // Still within a repeat: of a text this long it is one, of a shorter one the end of the answer.
    if (this.beginnings && this.beginnings.length > 0 && this.buffer.length >= SHORTEST_REPEAT) {
      this.skippedBefore += this.buffer.length;
      this.isJoined = true;
      return '';
    }
    return this.joinNowhere();
  }

  /** Nothing to compare yet: white space, or what models put before words that they quote. */
  private isOnlyLead(): boolean {
    if (this.mode === 'prefill') return this.buffer.trim() === '';
    return leadingMarks(this.buffer) === this.buffer.length && this.buffer.length < SHORTEST_REPEAT;
  }

  private possibleBeginnings(): Beginning[] {
    const lead = this.buffer.length - this.buffer.trimStart().length;
    const all: Beginning[] = [{ at: 0, lead: 0 }];
    if (lead > 0) all.push({ at: 0, lead });
    if (this.mode === 'instruction') {
      all.push({ at: this.wordsAt, lead });
      const marks = leadingMarks(this.buffer);
      if (marks > lead)
        for (const at of [this.wordsAt, 0]) {
          const own = leadingMarks(this.sent.slice(at));
          all.push({ at, lead: marks });
          // What it quotes may begin with a mark of its own.
          if (own > 0 && marks > own) all.push({ at, lead: marks - own });
        }
      return all;
    }
    const first = this.buffer[0];
    for (let at = 1; at <= this.sent.length - SHORTEST_REPEAT; at += 1)
      if (this.sent[at] === first) all.push({ at, lead: 0 });
    return all;
  }

  private isPossible(beginning: Beginning): boolean {
    const core = this.coreOf(beginning);
    const had = this.buffer.length - beginning.lead;
    return core > 0 && this.matches(beginning, Math.min(core, had));
  }

  private matches({ at, lead }: Beginning, length: number): boolean {
    return this.sent.startsWith(this.buffer.slice(lead, lead + length), at);
  }

  /** Characters from there to the end of the sent text, its last white space left out. */
  private coreOf({ at }: Beginning): number {
    return this.sent.trimEnd().length - at;
  }

  private longestComplete(): Beginning | null {
    let longest: Beginning | null = null;
    for (const one of this.beginnings ?? []) {
      const isComplete = this.buffer.length - one.lead >= this.coreOf(one);
      if (isComplete && (longest === null || one.at < longest.at)) longest = one;
    }
    return longest;
  }

  private decide(): string | null {
    const complete = this.longestComplete();
    const isLongerPossible = (this.beginnings ?? []).some(
      (one) =>
        this.buffer.length - one.lead < this.coreOf(one) && (complete === null || one.at < complete.at),
    );
    if (isLongerPossible) return '';
    return complete ? this.joinAt(complete) : this.joinNowhere();
  }

  private joinAt(beginning: Beginning): string {
    const length = beginning.lead + this.coreOf(beginning);
    this.skippedBefore += length;
    return this.join(this.buffer.slice(length));
  }

  /** By prefill the model goes on where the text ended; by instruction this is something else. */
  private joinNowhere(): string | null {
    return this.mode === 'instruction' ? null : this.join(this.buffer);
  }

  private join(rest: string): string {
    this.isJoined = true;
    this.sentSpace = new SentSpace(this.sent.slice(this.sent.trimEnd().length));
    this.buffer = '';
    return this.sentSpace.without(rest);
  }
}

function leadingMarks(text: string): number {
  return /^[\s"'“”‘’«»`….]*/u.exec(text)?.[0].length ?? 0;
}
