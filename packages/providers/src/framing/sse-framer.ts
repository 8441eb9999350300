/** One server-sent event and where its bytes stand. */
export interface SseEvent {
  /** Null where the frame names none. */
  readonly event: string | null;
  /** Data lines joined by line feeds; empty for a frame of comments alone. */
  readonly data: string;
  /**
   * The whole frame as it came, blank line included, is `source.subarray(start, end)`. `source` is never written to
   * again, and neighbours that share it can be forwarded in one piece. A frame that many a client would not see the end
   * of is printed anew: one that ends with CR, one whose blank line never came.
   */
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A frame grew over the bound. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** Larger than any frame seen in the wild (generated images come as base64 in one frame). */
export const DEFAULT_MAX_FRAME_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const EMPTY = Buffer.alloc(0);
const FIRST_PENDING_BYTES = 4096;

/**
 * Cuts a byte stream into server-sent events, however its bytes are split. Line ends are LF, CRLF or CR, also mixed;
 * `id` and `retry` are read over; a byte order mark at the start is skipped.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class SseFramer {
  /** Bytes of a frame that is not whole yet: `pending[0, length)`. Grown by doubling, so a large frame costs O(n). */
  private pending: Buffer = EMPTY;
  private pendingLength = 0;
  /** Where in `pending` the search for the frame's end goes on. */
  private searchFrom = 0;
  private atStart = true;
  /** CR was seen: line ends are looked for one byte at a time from then on. JSON never has a bare CR in it. */
  private hasCarriageReturn = false;
  /** The last frame ended with CR: an LF right behind it belongs to that line end. */
  private skipLineFeed = false;

  constructor(private readonly maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES) {}

  /**
   * @param chunk bytes that nobody writes to afterwards
   * @returns the frames that these bytes complete, in order
   * @throws FramingError when a frame is larger than the bound
   */
  push(chunk: Buffer): SseEvent[] {
    if (chunk.length === 0) return [];
    const isJoined = this.pendingLength > 0;
    if (isJoined) this.append(chunk);
    const buffer = isJoined ? this.pending : chunk;
    const length = isJoined ? this.pendingLength : chunk.length;

    let start = 0;
    if (this.atStart) {
      if (length < 3 && startsWithMark(buffer, length)) {
        if (!isJoined) this.keep(buffer, 0, length);
        return [];
      }
      this.atStart = false;
      if (length >= 3 && startsWithMark(buffer, 3)) start = 3;
    }
    const events: SseEvent[] = [];
    let from = Math.max(start, isJoined ? this.searchFrom : 0);
    this.hasCarriageReturn ||= indexOfByte(buffer, CR, from, length) >= 0;
    for (;;) {
      if (this.skipLineFeed && start < length) {
        if (buffer[start] === LF) start += 1;
        this.skipLineFeed = false;
        from = Math.max(from, start);
      }
      const end = this.hasCarriageReturn
        ? anyFrameEnd(buffer, from, length)
        : lineFeedFrameEnd(buffer, from, length);
      if (end < 0) break;
      this.skipLineFeed = buffer[end - 1] === CR;
      if (end - start > this.maxFrameBytes) throw this.tooLarge();
      readFrame(events, { buffer, start, end, hasCarriageReturn: this.hasCarriageReturn });
      start = end;
      from = end;
    }
    if (length - start > this.maxFrameBytes) throw this.tooLarge();
    if (!isJoined || start > 0) this.keep(buffer, start, length);
    // A blank line has at most four bytes (CRLF CRLF), three of which may be there already.
    this.searchFrom = Math.max(0, this.pendingLength - 3);
    return events;
  }

  /**
   * The bytes have ended: what stands behind the last blank line, if it has data. Some servers leave the last blank
   * line out; a decoder tells by its content whether it is whole.
   */
  end(): SseEvent[] {
    const events: SseEvent[] = [];
    if (this.pendingLength > 0) {
      const frame = { buffer: this.pending, start: 0, end: this.pendingLength };
      readFrame(events, { ...frame, hasCarriageReturn: this.hasCarriageReturn });
    }
    this.pending = EMPTY;
    this.pendingLength = 0;
    return events.filter(({ data }) => data !== '').map(({ event, data }) => printedEvent({ event, data }));
  }

  private append(chunk: Buffer): void {
    const length = this.pendingLength + chunk.length;
    if (length > this.pending.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.pending.length * 2, FIRST_PENDING_BYTES));
      this.pending.copy(grown, 0, 0, this.pendingLength);
      this.pending = grown;
    }
    chunk.copy(this.pending, this.pendingLength);
    this.pendingLength = length;
  }

  /** Keeps the rest in a buffer of its own, since the frames before it may still be on their way out. */
  private keep(buffer: Buffer, start: number, length: number): void {
    this.pendingLength = 0;
    this.pending = EMPTY;
    if (start < length) this.append(buffer.subarray(start, length));
  }

  private tooLarge(): FramingError {
    return new FramingError(`a frame is larger than ${this.maxFrameBytes} bytes`);
  }
}

/** Finds a byte before `length`; what stands behind it in the buffer is not ours. */
function indexOfByte(buffer: Buffer, byte: number, from: number, length: number): number {
  const at = buffer.indexOf(byte, from);
  return at >= 0 && at < length ? at : -1;
}

function startsWithMark(buffer: Buffer, length: number): boolean {
  return buffer[0] === 0xef && (length < 2 || buffer[1] === 0xbb) && (length < 3 || buffer[2] === 0xbf);
}

/** End of the first frame (behind its blank line) where all line ends are LF; -1 if it is not whole. */
function lineFeedFrameEnd(buffer: Buffer, from: number, length: number): number {
  let at = indexOfByte(buffer, LF, from, length);
  while (at >= 0) {
    if (at + 1 < length && buffer[at + 1] === LF) return at + 2;
    at = indexOfByte(buffer, LF, at + 1, length);
  }
  return -1;
}

/** The same for any mixture of line ends. */
function anyFrameEnd(buffer: Buffer, from: number, length: number): number {
  for (let at = from; at < length; at += 1) {
    const second = afterLineEnd(buffer, at, length);
    if (second < 0 || second >= length) continue;
    const end = afterLineEnd(buffer, second, length);
    if (end >= 0) return end;
    at = second - 1;
  }
  return -1;
}

/** Index behind the line end that stands at `at`; -1 if none does. */
function afterLineEnd(buffer: Buffer, at: number, length: number): number {
  if (buffer[at] === LF) return at + 1;
  if (buffer[at] !== CR) return -1;
  return at + 1 < length && buffer[at + 1] === LF ? at + 2 : at + 1;
}

interface FrameBytes {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  readonly hasCarriageReturn: boolean;
}

/** What an event says, wherever its bytes stand. */
type Said = Pick<SseEvent, 'event' | 'data'>;

/** Nothing for a frame without any line, which is one blank line too many; more than one event where blank lines lack. */
function readFrame(into: SseEvent[], { buffer, start, end, hasCarriageReturn }: FrameBytes): void {
  let event: string | null = null;
  let data: string | null = null;
  /** The first data line's event. */
  let firstEvent: string | null = null;
  /** Named since the last data line. */
  let nextEvent: string | null = null;
  let rows: Said[] | null = null;
  let hasLine = false;
  let at = start;
  while (at < end) {
    const lineEnd = endOfLine(buffer, at, end, hasCarriageReturn);
    if (lineEnd > at) {
      hasLine = true;
      if (isField(buffer, at, lineEnd, 'data')) {
        const value = fieldValue(buffer, at + 4, lineEnd);
        if (data === null) firstEvent = event;
        else (rows ??= [{ event: firstEvent, data }]).push({ event: nextEvent, data: value });
        nextEvent = null;
        data = data === null ? value : `${data}\n${value}`;
      } else if (isField(buffer, at, lineEnd, 'event')) {
        event = fieldValue(buffer, at + 5, lineEnd);
        nextEvent = event;
      }
    }
    at = lineEnd + 1;
  }
  if (rows && data !== null && isRowOfDocuments(data, rows)) into.push(...rows.map(printedEvent));
  else if (hasLine && buffer[end - 1] === CR) into.push(printedEvent({ event, data: data ?? '' }));
  else if (hasLine) into.push({ event, data: data ?? '', source: buffer, start, end });
}

/** A document may take several lines; where each line is a whole one, somebody lost the blank lines between them. */
function isRowOfDocuments(joined: string, rows: readonly Said[]): boolean {
  return !isDocument(joined) && rows.every(({ data }) => data === '[DONE]' || isDocument(data));
}

function isDocument(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function printedEvent({ event, data }: Said): SseEvent {
  const name = event === null ? '' : `event: ${event}\n`;
  const lines = data === '' ? ':\n' : data.replaceAll(/^/gmu, 'data: ') + '\n';
  const source = Buffer.from(`${name}${lines}\n`);
  return { event, data, source, start: 0, end: source.length };
}

/** Index of the line's first line-end byte. The LF of a CRLF then reads as an empty line, which changes nothing. */
function endOfLine(buffer: Buffer, at: number, end: number, hasCarriageReturn: boolean): number {
  const lf = indexOfByte(buffer, LF, at, end);
  const stop = lf < 0 ? end : lf;
  if (!hasCarriageReturn) return stop;
  const cr = indexOfByte(buffer, CR, at, stop);
  return cr < 0 ? stop : cr;
}

function isField(buffer: Buffer, at: number, lineEnd: number, name: string): boolean {
  const after = at + name.length;
  if (after > lineEnd) return false;
  for (let i = 0; i < name.length; i += 1) if (buffer[at + i] !== name.charCodeAt(i)) return false;
  return after === lineEnd || buffer[after] === COLON;
}

function fieldValue(buffer: Buffer, colon: number, lineEnd: number): string {
  if (colon >= lineEnd) return '';
  const from = buffer[colon + 1] === SPACE ? colon + 2 : colon + 1;
  return from >= lineEnd ? '' : buffer.toString('utf8', from, lineEnd);
}
