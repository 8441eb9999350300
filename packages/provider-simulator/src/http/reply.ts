import type { OutgoingHttpHeaders } from 'node:http';
import { answerPieces } from '../content/answer.js';
import type { Frame, ReplyInput, ReplyWriter } from '../protocols/protocol.js';
import type { Pace } from '../providers/pace.js';
import { END, head, type Step, wait, write } from './steps.js';

export interface PlainReply {
  readonly kind: 'plain';
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
  readonly tokens: number;
}

/** A frame, and the text of the piece in it, if it is one of content. */
export type TextFrame = Frame & { readonly text?: string };

export interface StreamReply {
  readonly kind: 'stream';
  readonly headers: OutgoingHttpHeaders;
  readonly frames: readonly TextFrame[];
}

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** A native answer, ready to be played or spoilt. */
export type Reply = PlainReply | StreamReply;

/** @param streamType content type of a stream */
export function buildReply(
  input: ReplyInput,
  writer: ReplyWriter,
  headers: OutgoingHttpHeaders,
  streamType = EVENT_STREAM,
): Reply {
  if (input.prompt.stream) {
    return {
      kind: 'stream',
      headers: {
        'content-type': streamType,
        'cache-control': 'no-cache',
        ...headers,
      },
      frames: [...writer.open(), ...contentFrames(input, writer), ...writer.close()],
    };
  }
  return {
    kind: 'plain',
    headers: { 'content-type': 'application/json', ...headers },
    body: writer.plain(),
    tokens: input.output.total,
  };
}

/** The choices take turns, as they do when a provider generates them at the same time. */
function contentFrames({ answers }: ReplyInput, writer: ReplyWriter): TextFrame[] {
  const choices = answers.map(answerPieces);
  const longest = Math.max(0, ...choices.map((pieces) => pieces.length));
  const frames: TextFrame[] = [];
  for (let at = 0; at < longest; at += 1) {
    choices.forEach((pieces, choice) => {
      const piece = pieces[at];
      if (piece === undefined) return;
      const text = 'text' in piece ? piece.text : undefined;
      for (const frame of writer.piece(choice, piece))
        frames.push(text === undefined ? frame : { ...frame, text });
    });
  }
  return frames;
}

/** The whole answer at its pace. */
export function* playReply(reply: Reply, pace: Pace): Generator<Step> {
  if (reply.kind === 'plain') {
    yield wait(pace.plainMs);
    yield head(200, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
    yield write(reply.body, reply.tokens);
  } else {
    yield* playOpening(reply, pace);
    yield* playFrames(reply.frames, pace);
  }
  yield END;
}

/** Headers of a stream come when half of the time to the first token is over. */
export function* playOpening(reply: Reply, pace: Pace): Generator<Step> {
  yield wait(reply.kind === 'plain' ? pace.plainMs : pace.firstTokenMs / 2);
  yield head(200, reply.headers);
}

/** Frames at their pace; with `started` the first of them is not the stream's first token. */
export function* playFrames(frames: readonly Frame[], pace: Pace, started = false): Generator<Step> {
  let isFirst = !started;
  for (const frame of frames) {
    if (frame.tokens > 0) {
      yield wait(isFirst ? pace.firstTokenMs / 2 : pace.gapMs * frame.tokens);
      isFirst = false;
    }
    if (frame.data !== '') yield write(frame.data, frame.tokens);
  }
}
