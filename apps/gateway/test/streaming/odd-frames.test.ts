import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { eventually } from '@trunkline/testing';
import { LAST_CHUNK, transferChunk } from '../../src/http/transfer-chunk.js';
import { converse, DIALECTS, type Dialect } from '../failover/dialects.js';
import { WIRES } from '../failover/wires.js';
import { ask, send } from '../support/ask.js';
import { type RawUpstream, startRawUpstream } from '../support/raw-upstream.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const WORDS = TEXT.match(/\S+\s*/gu) ?? [];
const SSE = WIRES.filter(({ streamType }) => streamType === 'text/event-stream');
/** Each dialect, at an upstream that speaks it and at one that does not. */
const CELLS = DIALECTS.flatMap((dialect) =>
  SSE.map((wire) => ({ title: `${wire.protocol} × ${dialect.name}`, dialect, wire })),
);

/** What is behind the first words that a stream says. */
const halfOf = (frames: readonly Buffer[]) => Math.floor(frames.length / 2);

/** In chunks, so that an end is told from a cut. */
class Answer {
  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n');
  }

  async say(pieces: readonly (Buffer | string)[], pauseMs = 0): Promise<this> {
    for (const piece of pieces) {
      this.socket.write(transferChunk(piece));
      if (pauseMs > 0) await sleep(pauseMs);
    }
    return this;
  }

  end(): void {
    this.socket.write(LAST_CHUNK);
  }

  breakOff(): void {
    this.socket.resetAndDestroy();
  }
}

describe('a stream of odd frames', () => {
  let gateway: TestGateway;
  let raw: RawUpstream;

  beforeAll(async () => {
    raw = await startRawUpstream();
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'], providers: ['openai'] });
    for (const { protocol, basePath, credential } of SSE) {
      const providerId = `raw-${protocol}`;
      await gateway.priceUnlisted(providerId);
      const baseUrl = `http://127.0.0.1:${raw.port}${basePath}`;
      await gateway.addEntry({
        ...{ providerId, protocol, baseUrl },
        ...{ unlistedModels: true, credentials: [credential] },
      });
    }
    raw.answerWith(({ socket }) => socket.end('HTTP/1.1 500 Up\r\ncontent-length: 0\r\n\r\n'));
    for (const { protocol } of SSE)
      await eventually(async () => {
        const body = { model: `raw-${protocol}/x`, messages: [{ role: 'user', content: 'x' }] };
        expect((await ask(gateway, { body })).status).toBe(502);
      });
  });
  afterAll(async () => {
    await gateway.stop();
    await raw.close();
  });

  /** Asks for the text in a dialect; another target knows it too, if it may be asked. */
  async function read(dialect: Dialect, protocol: string, fallback = false) {
    await gateway.closeBreakers();
    const models = fallback ? { models: ['openai/gpt-4o-mini'] } : { trunkline: { rescue: false } };
    const reading = await converse(gateway, dialect, {
      prompt: `[[sim text=${JSON.stringify(TEXT)}]]`,
      stream: true,
      more: { model: `raw-${protocol}/x`, ...models },
    });
    const { attempts } = await gateway.records.of(reading.requestId);
    return { ...reading, outcomes: attempts.map(({ outcome }) => outcome) };
  }
  const WHOLE = { status: 200, text: TEXT, isWhole: true, error: null };

  it.each(CELLS)('ends its events for any client, wherever its line ends were cut: $title', async (cell) => {
    const text = Buffer.concat(cell.wire.frames(WORDS)).toString().replaceAll('\n', '\r\n');
    raw.answerWith(({ socket }) => {
      void new Answer(socket).say(text.split(/(?<=\r\n\r)/u), 2).then((answer) => answer.end());
    });
    const { path, model: _maker, ...dialect } = cell.dialect;
    const body = { model: `raw-${cell.wire.protocol}/x`, stream: true, ...dialect.body('x') };
    const said = await (await send(gateway, { path, body })).text();
    expect(said).not.toContain('\r');
    expect(await read(cell.dialect, cell.wire.protocol)).toMatchObject({ ...WHOLE, outcomes: ['success'] });
  });

  it.each(CELLS)('is whole without the blank lines between its events: $title', async ({ dialect, wire }) => {
    const lines = Buffer.concat(wire.frames(WORDS)).toString().replaceAll('\n\n', '\n');
    raw.answerWith(({ socket }) => {
      void new Answer(socket).say([lines]).then((answer) => answer.end());
    });
    expect(await read(dialect, wire.protocol)).toMatchObject({ ...WHOLE, outcomes: ['success'] });
  });

  it.each(CELLS)('is whole, whatever cannot be read behind its end: $title', async ({ dialect, wire }) => {
    const frames = wire.frames(WORDS);
    // The last frame of OpenAI says nothing more.
    const end = wire.protocol === 'openai' ? frames.length - 1 : frames.length;
    raw.answerWith(({ socket }) => {
      void new Answer(socket)
        .say([...frames.slice(0, end), 'data: {"half": "of an ev\n\n'])
        .then((answer) => answer.end());
    });
    expect(await read(dialect, wire.protocol)).toMatchObject({ ...WHOLE, outcomes: ['success'] });
  });

  describe('that says an end with every frame', () => {
    const ending = WORDS.map((content) => {
      const choices = [{ index: 0, delta: { content }, finish_reason: 'stop' }];
      const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
      return `data: ${JSON.stringify(chunk)}\n\n`;
    });

    it.each(DIALECTS)('is gone on with by another where it breaks off: $name', async (dialect) => {
      raw.answerWith(({ socket }) => {
        void new Answer(socket).say(ending.slice(0, 5), 5).then((answer) => answer.breakOff());
      });
      expect(await read(dialect, 'openai', true)).toMatchObject({
        ...WHOLE,
        outcomes: ['truncated', 'success'],
      });
    });

    it('may pause for as long as any other', async () => {
      const [chat] = DIALECTS;
      if (!chat) throw new Error('no dialect');
      raw.answerWith(({ socket }) => {
        void (async () => {
          const answer = await new Answer(socket).say(ending.slice(0, 5));
          await sleep(2_500);
          (await answer.say(ending.slice(5))).end();
        })();
      });
      expect(await read(chat, 'openai')).toMatchObject({ ...WHOLE, outcomes: ['success'] });
    });
  });

  describe('whose provider runs a tool first', () => {
    const wire = SSE.find(({ protocol }) => protocol === 'anthropic');
    const named = (value: { readonly type: string } & Record<string, unknown>) =>
      Buffer.from(`event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`);
    const tool = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };
    const [start, ...rest] = wire?.frames(WORDS) ?? [];
    const searching = [
      ...(start ? [start] : []),
      named({ type: 'content_block_start', index: 0, content_block: tool }),
      named({ type: 'content_block_stop', index: 0 }),
    ];
    const answering = rest.map((frame) => Buffer.from(frame.toString().replaceAll('"index":0', '"index":1')));
    const others = DIALECTS.filter(({ name }) => name !== 'messages');

    it.each(DIALECTS)('is replaced unseen where nothing but that has come: $name', async (dialect) => {
      raw.answerWith(({ socket }) => {
        void new Answer(socket).say(searching, 5).then((answer) => answer.breakOff());
      });
      const { outcomes, ...reading } = await read(dialect, 'anthropic', true);
      expect(reading).toMatchObject(WHOLE);
      expect(outcomes.at(-1)).toBe('success');
      expect((await gateway.records.of(reading.requestId)).rescued).toBe(false);
    });

    it('tells a client of its own dialect of the tool once that takes long', async () => {
      const [messages] = DIALECTS.filter(({ name }) => name === 'messages');
      if (!messages) throw new Error('no dialect');
      const isTold = Promise.withResolvers<void>();
      raw.answerWith(({ socket }) => {
        void (async () => {
          const answer = await new Answer(socket).say(searching);
          await isTold.promise;
          (await answer.say(answering)).end();
        })();
      });
      const { path, model: _maker, ...dialect } = messages;
      const body = { model: 'raw-anthropic/x', stream: true, ...dialect.body('x') };
      const response = await send(gateway, { path, body });
      isTold.resolve();
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('message_stop');
    }, 60_000);

    it.each(others)('is gone on with behind its text: $name', async (dialect) => {
      const half = [...searching, ...answering.slice(0, halfOf(answering))];
      raw.answerWith(({ socket }) => {
        void new Answer(socket).say(half, 5).then((answer) => answer.breakOff());
      });
      const reading = await read(dialect, 'anthropic', true);
      expect(reading).toMatchObject({ ...WHOLE, outcomes: ['truncated', 'success'] });
      expect((await gateway.records.of(reading.requestId)).rescued).toBe(true);
    });
  });

  it.each(DIALECTS)('that said nothing but white space is not said twice: $name', async (dialect) => {
    const [openai] = SSE;
    const text = `\n\n${TEXT}`;
    const frames = openai?.frames(['\n\n', ...WORDS]) ?? [];
    raw.answerWith(({ socket }) => {
      const isFirst = raw.requests === 1;
      void new Answer(socket)
        .say(isFirst ? frames.slice(0, 2) : frames, 5)
        .then((answer) => (isFirst ? answer.breakOff() : answer.end()));
    });
    await gateway.closeBreakers();
    const reading = await converse(gateway, dialect, {
      prompt: 'x',
      stream: true,
      more: { model: 'raw-openai/x', models: ['raw-openai/y'] },
    });
    expect(reading).toMatchObject({ ...WHOLE, text });
  });
});
