import { FreshCallIds } from '../fresh-call-ids.js';
import { isRecord, textOf } from '../loose-json.js';

interface KnownCall {
  /** Its place among the calls of the choice, which is what the client is told. */
  readonly index: number;
  /** What the provider numbers it, where it does. */
  readonly number: number | null;
  /** What the provider calls it; '' where it does not. */
  readonly id: string;
  /** What the client is told. */
  readonly sentId: string;
  readonly isCustom: boolean;
  name: string;
  text: string;
  /** Held until the provider says of what the call is. */
  isHeld: boolean;
  /** It began with `{}`: that is all, or the arguments are still to come. */
  beganEmpty: boolean;
}

/** One delta of a call, as the provider sent it. */
interface CallDelta {
  readonly number: number | null;
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

const MOST_CALLS = 10_000;

/**
 * Reads the deltas of one choice's tool calls, and puts right in place what a client could not add up. A number, an id
 * and a name are all that tell calls apart, and servers leave out each of them, repeat it, or give the same to two
 * calls: so a call is known by what its deltas have in common, and is over when its arguments are whole.
 */
export class ToolCallReader {
  private readonly calls: KnownCall[] = [];
  private latest: KnownCall | null = null;

  /**
   * @param nameless what a call without an id is called, but for its number
   * @param write takes names and arguments, for counting
   * @param ids makes the ids that the client is told
   */
  constructor(
    private readonly nameless: () => string,
    private readonly write: (text: string) => void,
    private readonly ids = new FreshCallIds(new Set()),
  ) {}

  get hasCalls(): boolean {
    return this.calls.length > 0;
  }

  /** Nobody can make a call that does not say of what. */
  get hasNamelessCall(): boolean {
    return this.calls.some(({ name }) => name === '');
  }

  /** Nor one whose arguments break off. */
  get hasHalfCall(): boolean {
    return this.calls.some((call) => call.text !== '' && !isWhole(call));
  }

  /**
   * @returns what the client gets of the deltas of one frame, and whether that is something else than came; null for a
   * shape that nobody could read
   */
  read(deltas: readonly unknown[]): { deltas: unknown[]; isChanged: boolean } | null {
    const kept: unknown[] = [];
    let isChanged = false;
    for (const [position, delta] of deltas.entries()) {
      if (!isRecord(delta)) return null;
      const place = deltas.length > 1 ? position : null;
      const reading = this.readDelta(delta, place);
      if (reading !== 'held') kept.push(delta);
      if (reading !== 'same') isChanged = true;
    }
    return { deltas: kept, isChanged };
  }

  /**
   * The choice has ended: what is missing of its calls. Clients parse arguments, and no text is no JSON.
   * @param isCut the token limit ended it, so that arguments may be missing indeed
   */
  end(isCut: boolean): Record<string, unknown>[] {
    const rest: Record<string, unknown>[] = [];
    for (const call of this.calls) {
      const isEmpty = call.text === '' && !call.isCustom && !isCut;
      if (!call.beganEmpty && !isEmpty) continue;
      call.beganEmpty = false;
      call.text = '{}';
      this.write('{}');
      rest.push({ index: call.index, function: { arguments: '{}' } });
    }
    return rest;
  }

  private readDelta(delta: Record<string, unknown>, place: number | null): 'same' | 'changed' | 'held' {
    const isCustom = isRecord(delta['custom']);
    const body = bodyOf(delta);
    const isPrinted = printArguments(body, isCustom);
    const said: CallDelta = {
      number: isCallIndex(delta['index']) ? delta['index'] : null,
      id: textOf(delta['id']),
      name: textOf(body['name']),
      text: textOf(body[isCustom ? 'input' : 'arguments']),
    };
    const known = this.find(said, place);
    const isNew = known === null || isAnother(known, said);
    const call = isNew ? this.add(said, isCustom) : known;
    this.latest = call;
    const isRenamed = this.readName(call, said, body, isNew);
    const isRewritten = this.readArguments(call, said, body, isNew);
    if (call.isHeld && call.name === '') return 'held';
    const isNumbered = delta['index'] !== call.index;
    delta['index'] = call.index;
    const isIdentified = identify(delta, call, isNew || call.isHeld);
    call.isHeld = false;
    return isPrinted || isRenamed || isRewritten || isNumbered || isIdentified ? 'changed' : 'same';
  }

  /** The call that a delta may go on with. */
  private find({ number, id, name }: CallDelta, place: number | null): KnownCall | null {
    if (number !== null) {
      const numbered =
        this.calls.findLast((call) => call.number === number) ??
        this.calls.find((call) => call.number === null && call.index === number);
      if (numbered) return numbered;
      // A number that nobody opened: the rest of the call that is not over.
      const isRest = id === '' && name === '' && this.latest !== null && !isWhole(this.latest);
      return isRest ? this.latest : null;
    }
    if (id !== '') {
      const same = this.calls.findLast((call) => call.id === id);
      return same ?? (name === '' ? this.latest : null);
    }
    if (name === '') return (place === null ? null : this.calls[place]) ?? this.latest;
    return this.latest?.name === name || this.latest?.name === '' ? this.latest : null;
  }

  private add({ number, id }: CallDelta, isCustom: boolean): KnownCall {
    const index = this.calls.length;
    const isTaken = this.calls.some((call) => call.sentId === id);
    const sentId = this.ids.of(id === '' ? `${this.nameless()}_${index}` : isTaken ? `${id}_${index}` : id);
    const call = { index, number, id, sentId, isCustom, name: '', text: '', isHeld: true, beganEmpty: false };
    this.calls.push(call);
    return call;
  }

  /** Clients add the deltas up: a name that comes again would be there twice. */
  private readName(
    call: KnownCall,
    { name }: CallDelta,
    body: Record<string, unknown>,
    isNew: boolean,
  ): boolean {
    if (name === '') return false;
    if (!isNew && (name === call.name || call.text !== '') && call.name !== '') {
      delete body['name'];
      return true;
    }
    call.name += name;
    this.write(name);
    return false;
  }

  private readArguments(
    call: KnownCall,
    { text }: CallDelta,
    body: Record<string, unknown>,
    isNew: boolean,
  ): boolean {
    const field = call.isCustom ? 'input' : 'arguments';
    const held = call.isHeld && !isNew ? call.text : '';
    if (!call.isCustom && call.text === '' && text === '{}') {
      call.beganEmpty = true;
      body[field] = '';
      return true;
    }
    if (text !== '' && text === call.text && !call.isCustom && isWhole(call)) {
      // Some say the whole once more at the end.
      body[field] = '';
      return true;
    }
    if (text !== '') call.beganEmpty = false;
    call.text += text;
    this.write(text);
    if (!call.isHeld || isNew || call.name === '') return false;
    body[field] = held + text;
    return true;
  }
}

/** Whether a delta that may belong to a call is the first one of another. */
function isAnother(call: KnownCall, { id, name, text }: CallDelta): boolean {
  if (name === '' || call.name === '') return false;
  const isOtherId = id !== '' && call.id !== '' && id !== call.id;
  if (isOtherId) return name !== call.name || isWhole(call);
  if (name !== call.name) return isWhole(call);
  const isSameId = id !== '' && id === call.id;
  if (call.beganEmpty) return !isSameId && text !== '';
  return text !== '' && text !== call.text && isWhole(call);
}

function isWhole({ isCustom, text, beganEmpty }: KnownCall): boolean {
  if (beganEmpty) return true;
  if (isCustom) return text !== '';
  if (!text.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the first delta of a call has to say of it, and no other. */
function identify(delta: Record<string, unknown>, call: KnownCall, isFirst: boolean): boolean {
  if (!isFirst) {
    if (textOf(delta['id']) === '') return false;
    delete delta['id'];
    return true;
  }
  const isSame = delta['id'] === call.sentId && Boolean(delta['type']);
  delta['id'] = call.sentId;
  if (!delta['type']) delta['type'] = call.isCustom ? 'custom' : 'function';
  return !isSame;
}

function bodyOf(delta: Record<string, unknown>): Record<string, unknown> {
  const body = delta['custom'] ?? delta['function'];
  if (isRecord(body)) return body;
  const made: Record<string, unknown> = {};
  delta['function'] = made;
  return made;
}

/** @returns whether the arguments were no text */
function printArguments(body: Record<string, unknown>, isCustom: boolean): boolean {
  const field = isCustom ? 'input' : 'arguments';
  const value = body[field];
  if (typeof value === 'string' || value === null || value === undefined) return false;
  body[field] = JSON.stringify(value);
  return true;
}

/** Clients keep calls in an array: an index out of all reason is as good as none. */
function isCallIndex(index: unknown): index is number {
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 && index < MOST_CALLS;
}
