import type { SeededRandom } from './seeded-random.js';

/**
 * Writes a text that a regular expression takes, or gives `undefined` where it cannot: look-around and back references
 * are not understood. The result has been tried against the expression.
 */
export function textForPattern(pattern: string, random: SeededRandom): string | undefined {
  try {
    const text = new PatternWriter(pattern, random).write();
    return new RegExp(pattern, 'u').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyz',
  s: ' ',
};
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
const LONGEST = 1_000;

class PatternWriter {
  #at = 0;

  constructor(
    private readonly pattern: string,
    private readonly random: SeededRandom,
  ) {}

  write(): string {
    const text = this.#alternatives();
    if (this.#at < this.pattern.length) throw new Error('unbalanced');
    return text;
  }

  #alternatives(): string {
    const options = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      options.push(this.#sequence());
    }
    return options[this.random.whole(0, options.length - 1)] ?? '';
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.pattern.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const start = this.#at;
      let once = this.#atom();
      const end = this.#at;
      const times = this.#times();
      const after = this.#at;
      let part = times > 0 ? once : '';
      for (let index = 1; index < times && text.length + part.length < LONGEST; index += 1) {
        this.#at = start;
        once = this.#atom();
        this.#at = end;
        part += once;
      }
      this.#at = after;
      text += part;
    }
    return text;
  }

  #atom(): string {
    const char = this.#take();
    if (char === '^' || char === '$') return '';
    if (char === '.') return 'a';
    if (char === '\\') return this.#oneOf(this.#escaped());
    if (char === '[') return this.#oneOf(this.#set());
    if (char !== '(') return char;
    if (this.#peek() === '?') {
      const head = /^\?(?::|<[A-Za-z]\w*>)/u.exec(this.pattern.slice(this.#at))?.[0];
      if (head === undefined) throw new Error('look-around');
      this.#at += head.length;
    }
    const inner = this.#alternatives();
    if (this.#take() !== ')') throw new Error('unbalanced');
    return inner;
  }

  #times(): number {
    const found = /^(?:\?|\*|\+|\{(\d+)(,)?(\d+)?\})\??/u.exec(this.pattern.slice(this.#at));
    if (found === null) return 1;
    this.#at += found[0].length;
    if (found[1] === undefined)
      return found[0].startsWith('+') ? this.random.whole(1, 6) : this.random.whole(0, 3);
    const least = Number(found[1]);
    const most = found[3] === undefined ? (found[2] === undefined ? least : least + 3) : Number(found[3]);
    return this.random.whole(least, Math.min(most, least + 6));
  }

  #escaped(): string[] {
    const char = this.#take();
    if (char === 'b') return [''];
    if (char === 'n') return ['\n'];
    if (char === 't') return ['\t'];
    if (/[1-9BkpPux]/u.test(char)) throw new Error('not understood');
    const members = CLASSES[char];
    if (members !== undefined) return Array.from(members);
    const excluded = CLASSES[char.toLowerCase()];
    if (/[DWS]/u.test(char) && excluded !== undefined)
      return ['-', '+'].filter((sign) => !excluded.includes(sign));
    return [char];
  }

  #set(): string[] {
    const negated = this.#peek() === '^';
    if (negated) this.#at += 1;
    const members = new Set<string>();
    while (this.#peek() !== ']') {
      const first = this.#setMember();
      const isRange = this.#peek() === '-' && this.pattern[this.#at + 1] !== ']' && first.length === 1;
      if (!isRange) {
        for (const member of first) members.add(member);
        continue;
      }
      this.#at += 1;
      const from = (first[0] ?? '').codePointAt(0) ?? 0;
      const to = Math.min((this.#setMember()[0] ?? '').codePointAt(0) ?? 0, from + 255);
      for (let code = from; code <= to; code += 1) members.add(String.fromCodePoint(code));
    }
    this.#at += 1;
    return negated ? PRINTABLE.filter((char) => !members.has(char)) : [...members];
  }

  #setMember(): string[] {
    const char = this.#take();
    return char === '\\' ? this.#escaped() : [char];
  }

  #oneOf(members: readonly string[]): string {
    const letters = members.filter((member) => /[\p{L}\p{N}]/u.test(member));
    const pool = letters.length > 0 ? letters : members;
    const member = pool[this.random.whole(0, pool.length - 1)];
    if (member === undefined) throw new Error('empty set');
    return member;
  }

  #peek(): string | undefined {
    return this.pattern[this.#at];
  }

  #take(): string {
    const char = this.pattern[this.#at];
    if (char === undefined) throw new Error('ends too early');
    this.#at += 1;
    return char;
  }
}
