import { isRecord, textOf, type JsonRecord } from '../loose-json.js';

/** A name in an object, or a place in a list. */
type Step = string | number;

/** An object or list that is not closed yet, by the step that leads to it. */
interface Container {
  readonly at: Step | null;
  readonly isList: boolean;
  readonly names: Set<string>;
  length: number;
}

const MOST_STEPS = 100;

/**
 * Writes the arguments of a call out of the values that come one by one, each with its path, in the order of the text that
 * the model wrote: what is told of them so far is always the beginning of the whole.
 * https://googleapis.github.io/js-genai/release_docs/interfaces/types.PartialArg.html
 */
export class PartialArguments {
  private readonly open: Container[] = [];
  /** The path of a string that goes on. */
  private openText: string | null = null;

  get isWithinText(): boolean {
    return this.openText !== null;
  }

  /** @returns the JSON that the piece adds; null where it cannot be read, or goes back to what is closed */
  add(piece: unknown): string | null {
    if (!isRecord(piece)) return null;
    const path = textOf(piece['jsonPath']);
    const goesOn = piece['willContinue'] === true;
    if (path === this.openText) return this.goOn(piece['stringValue'], goesOn);
    const value = printedValue(piece);
    if (value === null) return null;
    const isText = typeof piece['stringValue'] === 'string';
    const text = this.member(stepsOf(path), goesOn && isText ? value.slice(0, -1) : value);
    if (goesOn && isText) this.openText = path;
    return text;
  }

  /** Values that came whole. */
  addWhole(values: JsonRecord): string | null {
    let text = '';
    for (const [name, value] of Object.entries(values)) {
      const member = this.member([name], JSON.stringify(value));
      if (member === null) return null;
      text += member;
    }
    return text;
  }

  /** Nothing follows. */
  end(): string {
    const text = this.open.length === 0 ? '{' : this.endText();
    if (this.open.length === 0) return `${text}}`;
    return text + this.closeTo(0);
  }

  private goOn(value: unknown, goesOn: boolean): string | null {
    if (value !== undefined && typeof value !== 'string') return null;
    if (!goesOn) this.openText = null;
    return JSON.stringify(value ?? '').slice(1, -1) + (goesOn ? '' : '"');
  }

  private member(steps: readonly Step[] | null, value: string): string | null {
    const last = steps?.at(-1);
    if (!steps || last === undefined) return null;
    let text = this.open.length === 0 ? this.enter(null, false) : this.endText();
    const containers = steps.slice(0, -1);
    let kept = 0;
    while (kept < containers.length && this.open[kept + 1]?.at === containers[kept]) kept += 1;
    text += this.closeTo(kept + 1);
    for (let i = kept; i < containers.length; i += 1) {
      const step = containers[i] ?? '';
      const place = this.placeOf(step);
      if (place === null) return null;
      text += place + this.enter(step, typeof steps[i + 1] === 'number');
    }
    const place = this.placeOf(last);
    return place === null ? null : text + place + value;
  }

  private endText(): string {
    if (this.openText === null) return '';
    this.openText = null;
    return '"';
  }

  private enter(at: Step | null, isList: boolean): string {
    this.open.push({ at, isList, names: new Set(), length: 0 });
    return isList ? '[' : '{';
  }

  private closeTo(depth: number): string {
    return this.open
      .splice(depth)
      .reverse()
      .map(({ isList }) => (isList ? ']' : '}'))
      .join('');
  }

  /** What stands before a value; null where the innermost container cannot have it, or has it already. */
  private placeOf(step: Step): string | null {
    const inner = this.open.at(-1);
    if (!inner || inner.isList !== (typeof step === 'number')) return null;
    if (typeof step === 'number' ? step !== inner.length : inner.names.has(step)) return null;
    const comma = inner.length > 0 ? ',' : '';
    inner.length += 1;
    if (typeof step === 'number') return comma;
    inner.names.add(step);
    return `${comma}${JSON.stringify(step)}:`;
  }
}

function printedValue({ stringValue, numberValue, boolValue, nullValue }: JsonRecord): string | null {
  if (typeof stringValue === 'string') return JSON.stringify(stringValue);
  if (typeof numberValue === 'number') return JSON.stringify(numberValue);
  if (typeof boolValue === 'boolean') return JSON.stringify(boolValue);
  return nullValue === undefined ? null : 'null';
}

/** Names and places alone: a path leads to one value. https://datatracker.ietf.org/doc/html/rfc9535#name-normalized-paths */
function stepsOf(path: string): Step[] | null {
  if (!path.startsWith('$')) return null;
  const segment = /\.([^.[\]]+)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/suy;
  segment.lastIndex = 1;
  const steps: Step[] = [];
  while (segment.lastIndex < path.length) {
    const found = segment.exec(path);
    if (!found || steps.length === MOST_STEPS) return null;
    const [, name, place, single, double] = found;
    if (place !== undefined) steps.push(Number(place));
    else if (name !== undefined) steps.push(name);
    else {
      const quoted = unquoted(single ?? double ?? '');
      if (quoted === null) return null;
      steps.push(quoted);
    }
  }
  return steps;
}

/** Escapes are JSON's, but for the single quote. */
function unquoted(text: string): string | null {
  const json = text.replace(/\\'|\\.|"/gsu, (found) =>
    found === "\\'" ? "'" : found === '"' ? '\\"' : found,
  );
  try {
    return JSON.parse(`"${json}"`) as string;
  } catch {
    return null;
  }
}
