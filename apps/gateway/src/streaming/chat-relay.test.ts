import { describe, expect, it } from '@jest/globals';
import type { StreamPrinter } from '../doors/chat-door.js';
import { FakeTime } from '../failover/testing/fake-time.js';
import type { AnswerSink } from '../pipeline/answer-sink.js';
import { ChatRelay, KEEP_ALIVE_MS } from './chat-relay.js';
import type { ChatStream, StreamSink } from './chat-stream.js';
import type { StreamPiece } from './stream-piece.js';

/** What a relay sees of a stream and of its client. */
class Stage {
  readonly time = new FakeTime();
  readonly written: string[] = [];
  readonly log: string[] = [];
  canWrite = true;
  private drain: () => void = () => {};

  readonly relay = new ChatRelay({
    clock: this.time,
    onProgress: () => {},
    tap: null,
    reply: {
      write: (bytes: Buffer | string) => {
        this.written.push(bytes.toString());
        return this.canWrite;
      },
      onDrain: (listener: () => void) => {
        this.drain = listener;
      },
      destroy: () => this.log.push('destroyed'),
    } as unknown as AnswerSink,
    printer: { keepAlive: () => ': keep-alive\n\n' } as unknown as StreamPrinter,
  });
  readonly ending = this.relay.forward({
    attach: (sink: StreamSink) => void sink,
    pause: () => this.log.push('paused'),
    resume: () => this.log.push('resumed'),
  } as unknown as ChatStream);

  readOn(): void {
    this.canWrite = true;
    this.drain();
  }
}

const source = Buffer.from('data: 1\n\ndata: 2\n\ndata: 3\n\n');
const bytes = (start: number, end: number): StreamPiece => ({ kind: 'bytes', source, start, end });

describe('ChatRelay', () => {
  it('forwards neighbouring frames byte for byte in one piece', () => {
    const stage = new Stage();
    stage.relay.pieces([bytes(0, 9), bytes(9, 18), bytes(18, 27)]);
    expect(stage.written).toEqual([source.toString()]);
  });

  it('keeps the order of frames that pass and frames that are printed', () => {
    const stage = new Stage();
    stage.relay.pieces([bytes(0, 9), { kind: 'text', text: 'data: new\n\n' }, bytes(18, 27)]);
    expect(stage.written.join('')).toBe('data: 1\n\ndata: new\n\ndata: 3\n\n');
  });

  it('stops reading while the client does not, and goes on with it', () => {
    const stage = new Stage();
    stage.canWrite = false;
    stage.relay.pieces([bytes(0, 9)]);
    stage.readOn();
    expect(stage.log).toEqual(['paused', 'resumed']);
  });

  it('gives a client up that takes nothing for a minute', async () => {
    const stage = new Stage();
    stage.canWrite = false;
    stage.relay.pieces([bytes(0, 9)]);
    await stage.time.pass(60_000);
    expect(stage.log).toEqual(['paused', 'destroyed']);
  });

  it('says every 15 seconds of silence that it lives, with a comment', async () => {
    const stage = new Stage();
    stage.relay.pieces([bytes(0, 9)]);
    await stage.time.pass(KEEP_ALIVE_MS - 1);
    expect(stage.written).toHaveLength(1);
    await stage.time.pass(KEEP_ALIVE_MS + 1);
    expect(stage.written.slice(1)).toEqual([': keep-alive\n\n', ': keep-alive\n\n']);
  });

  it('leaves no timer behind', async () => {
    const stage = new Stage();
    stage.relay.ended({ failure: null, clock: null });
    await stage.ending;
    stage.relay.close();
    expect(stage.time.timers).toBe(0);
  });
});
