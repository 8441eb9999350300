import { createServer, type Socket } from 'node:net';
import { startFineClock } from '../load/fine-clock.js';
import { monotonicUs } from '../load/monotonic.js';
import { MESSAGES_FRAMES } from './messages-frames.js';
import { CHAT_FRAMES, HEAD, LAST_CHUNK, type StreamFrames } from './stamped-frames.js';

/** How fast each stream goes, and how long. */
export interface SourcePace {
  readonly chunksPerSecond: number;
  readonly chunks: number;
}

interface OpenStream {
  readonly socket: Socket;
  readonly frames: StreamFrames;
  sent: number;
}

const TICK_MS = 0.25;
const PATH_OF_MESSAGES = /^POST \S*\/messages[ ?]/u;
const HEALTHY = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

/**
 * An upstream that speaks OpenAI's stream, or Anthropic's where the path says so, with a stamp in each chunk. All streams take turns, so that chunks leave
 * evenly and never in the bursts that a timer would make. On bare sockets: it must cost less than what is measured.
 */
export function startStampedSource(port: number): { setPace: (pace: SourcePace) => void } {
  let pace: SourcePace = { chunksPerSecond: 2, chunks: 8 };
  const streams: OpenStream[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    let request = '';
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1');
      if (!isWhole(request)) return;
      const asksForHealth = request.startsWith('GET ');
      const frames = PATH_OF_MESSAGES.test(request) ? MESSAGES_FRAMES : CHAT_FRAMES;
      request = '';
      if (asksForHealth) {
        socket.write(HEALTHY);
        return;
      }
      socket.write(HEAD + frames.opening, 'latin1');
      streams.push({ socket, frames, sent: 0 });
    });
    socket.on('error', () => undefined);
  });
  server.listen({ port, host: '127.0.0.1', backlog: 8_192 });

  let turn = 0;
  let credit = 0;
  let lastUs = monotonicUs();
  startFineClock(TICK_MS, () => {
    const nowUs = monotonicUs();
    credit = Math.min(
      credit + ((nowUs - lastUs) / 1e6) * streams.length * pace.chunksPerSecond,
      streams.length,
    );
    lastUs = nowUs;
    for (; credit >= 1 && streams.length > 0; credit -= 1) {
      turn = turn >= streams.length ? 0 : turn;
      if (goesOn(streams[turn], pace)) turn += 1;
      else streams.splice(turn, 1);
    }
  });
  return { setPace: (next) => (pace = next) };
}

function goesOn(stream: OpenStream | undefined, pace: SourcePace): boolean {
  if (!stream || stream.socket.destroyed) return false;
  if (stream.sent === pace.chunks) {
    stream.socket.write(stream.frames.closing(pace.chunks) + LAST_CHUNK, 'latin1');
    return false;
  }
  stream.socket.write(stream.frames.chunk(monotonicUs()), 'latin1');
  stream.sent += 1;
  return true;
}

function isWhole(request: string): boolean {
  const end = request.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const head = request.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return request.length >= end + 4 + Number(length);
  return head.includes('\r\ntransfer-encoding: chunked') ? request.endsWith('\r\n0\r\n\r\n') : true;
}
