import { isDeeperThan, MAX_JSON_DEPTH, type UpstreamFailure, type Usage } from '@trunkline/contracts';
import { classifyInBand, malformed, readError, truncated } from '../failure/index.js';
import { FramingError, SseFramer, type SseEvent } from '../framing/sse-framer.js';
import type { AnswerPiece, AnswerReader } from '../endpoints/types.js';
import { isRecord, type JsonRecord } from '../loose-json.js';

export interface EventRules {
  /** The event that ends the stream, by the end of its type. */
  readonly last: RegExp;
  readonly usageOf: (usage: unknown) => Usage | null;
  /** What the client gets instead of the event; default the event. */
  readonly pieceOf?: (event: JsonRecord) => AnswerPiece | null;
  /** Who reads an answer of another content type; null for nobody else. */
  readonly instead?: (contentType: string) => AnswerReader | null;
}

/** Reads a stream of OpenAI's typed events: of images, speech and transcripts. */
export class TypedEventReader implements AnswerReader {
  readonly refuses = /json|html|xml/i;
  failure: UpstreamFailure | null = null;
  usage: Usage | null = null;
  isWhole = false;
  private readonly framer = new SseFramer();

  constructor(private readonly rules: EventRules) {}

  instead(contentType: string): AnswerReader | null {
    return this.rules.instead?.(contentType) ?? null;
  }

  push(bytes: Buffer): AnswerPiece[] {
    try {
      return this.framer.push(bytes).flatMap((frame) => this.read(frame));
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.failure ??= malformed('An event of the stream is too large.');
      return [];
    }
  }

  end(): { pieces: AnswerPiece[]; failure: UpstreamFailure | null } {
    // A frame without its blank line was cut, unless it can be read.
    const rest = this.framer.end();
    const pieces = rest.flatMap((event) => (isJson(event.data) ? this.read(event) : []));
    return { pieces, failure: this.failure ?? (this.isWhole ? null : truncated()) };
  }

  private read({ event, data }: SseEvent): AnswerPiece[] {
    if (this.failure || this.isWhole || data === '' || data === '[DONE]') return [];
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      value = null;
    }
    if (!isRecord(value) || isDeeperThan(value, MAX_JSON_DEPTH)) {
      this.failure = malformed('An event of the stream is not a JSON object.');
      return [];
    }
    if (event === 'error' || value['type'] === 'error' || value['error']) {
      const error = readError(value) ?? { message: '', type: null, code: null, param: null, status: null };
      this.failure = classifyInBand(error);
      return [];
    }
    const { usage, ...rest } = value;
    this.usage = this.rules.usageOf(usage) ?? this.usage;
    this.isWhole = this.rules.last.test(String(rest['type']));
    const piece = this.rules.pieceOf?.(rest);
    return piece === null ? [] : [piece ?? { kind: 'event', event: rest, isLast: this.isWhole }];
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
