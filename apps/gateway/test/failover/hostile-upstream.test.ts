import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { eventually } from '@trunkline/testing';
import { ask } from '../support/ask.js';
import { type RawExchange, type RawUpstream, startRawUpstream } from '../support/raw-upstream.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { converse, DIALECTS } from './dialects.js';
import { WIRES, type Wire } from './wires.js';

const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const WORDS = TEXT.match(/\S+\s*/gu) ?? [];
const OTHER = 'Somebody else answers this one, with words of his own.';
const TIMEOUTS = { connectMs: 2_000, headersMs: 2_000, firstTokenMs: 2_000, gapMs: 2_000, totalMs: 60_000 };

/** Packed once: the upstream shares a process with the gateway, whose clocks go on. */
const bomb = (text: string): Buffer => gzipSync(Buffer.alloc(80_000_000, text), { level: 1 });
const STREAM_BOMB = bomb(': nothing\n\n');
const PLAIN_BOMB = bomb('x');

interface Told {
  readonly wire: Wire;
  readonly stream: boolean;
  /** What a friendly upstream would say. */
  readonly body: Buffer;
  readonly type: string;
}

interface Hostility {
  readonly name: string;
  /** Its own answer reaches the client, or that of the target behind it. */
  readonly answeredBy: 'it' | 'the other' | 'either';
  /** What the attempts come to, one of these lists. */
  readonly outcomes: readonly (readonly string[])[];
  /** It takes its time: one protocol is enough. */
  readonly isSlow?: true;
  readonly answer: (exchange: RawExchange, told: Told) => void;
}

function sent(type: string, body: Buffer, more = '', status = '200 OK'): Buffer {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n${more}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

const refusing = (status: number, outcome: string): Hostility => ({
  name: `status ${status}, which is between us and it`,
  answeredBy: 'the other',
  outcomes: [[outcome, 'success']],
  answer: ({ socket }) => socket.write(sent('text/plain', Buffer.from('no'), '', `${status} No`)),
});

const HOSTILITIES: readonly Hostility[] = [
  {
    name: 'early hints before the answer',
    answeredBy: 'it',
    outcomes: [['success']],
    answer: ({ socket }, { type, body }) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
      socket.write(sent(type, body));
    },
  },
  {
    name: 'a connection that it closes as we use it again',
    answeredBy: 'either',
    outcomes: [['success'], ['transport', 'success']],
    answer: ({ socket, ofConnection }, { type, body }) =>
      ofConnection > 1 ? socket.resetAndDestroy() : socket.write(sent(type, body)),
  },
  {
    name: 'a connection that it ends as we use it again',
    answeredBy: 'either',
    outcomes: [['success'], ['transport', 'success']],
    answer: ({ socket, ofConnection }, { type, body }) =>
      ofConnection > 1 ? socket.end() : socket.write(sent(type, body)),
  },
  {
    name: 'a body in raw deflate',
    answeredBy: 'it',
    outcomes: [['success']],
    answer: ({ socket }, { type, body }) =>
      socket.write(sent(type, deflateRawSync(body), 'content-encoding: deflate\r\n')),
  },
  {
    name: 'an identity listed before gzip',
    answeredBy: 'it',
    outcomes: [['success']],
    answer: ({ socket }, { type, body }) =>
      socket.write(sent(type, gzipSync(body), 'content-encoding: identity, gzip\r\n')),
  },
  {
    name: 'no length, and the end told by closing',
    answeredBy: 'it',
    outcomes: [['success']],
    answer: ({ socket }, { type, body }) => {
      socket.write(`HTTP/1.0 200 OK\r\ncontent-type: ${type}\r\n\r\n`);
      socket.end(body);
    },
  },
  {
    name: 'a gzip bomb',
    answeredBy: 'the other',
    // A plain one may still be blowing up when its time is over.
    outcomes: [
      ['malformed', 'success'],
      ['timeout', 'success'],
    ],
    answer: ({ socket }, { type, stream }) =>
      socket.write(sent(type, stream ? STREAM_BOMB : PLAIN_BOMB, 'content-encoding: gzip\r\n')),
  },
  {
    name: 'an encoding that nobody knows',
    answeredBy: 'the other',
    outcomes: [['malformed', 'success']],
    answer: ({ socket }, { type, body }) => socket.write(sent(type, body, 'content-encoding: rot13\r\n')),
  },
  {
    name: 'a redirection',
    answeredBy: 'the other',
    outcomes: [['server_error', 'success']],
    answer: ({ socket }) =>
      socket.write(
        sent('text/plain', Buffer.from(''), 'location: http://127.0.0.1:1/elsewhere\r\n', '307 Moved'),
      ),
  },
  {
    name: 'a page of a proxy, with a status of the request',
    answeredBy: 'the other',
    outcomes: [['server_error', 'success']],
    answer: ({ socket }) =>
      socket.write(sent('text/html', Buffer.from('<html><title>400 Bad Request'), '', '400 Bad Request')),
  },
  {
    name: 'an end in the middle, without a word',
    answeredBy: 'the other',
    outcomes: [
      ['truncated', 'success'],
      ['malformed', 'success'],
    ],
    answer: ({ socket }, { type, body }) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n`);
      socket.end(body.subarray(0, 30));
    },
  },
  {
    name: 'two lengths that differ',
    answeredBy: 'the other',
    outcomes: [
      ['malformed', 'success'],
      ['transport', 'success'],
    ],
    answer: ({ socket }, { type, body }) => socket.write(sent(type, body, 'content-length: 5\r\n')),
  },
  {
    name: 'JSON that is too deep to be printed again',
    answeredBy: 'either',
    outcomes: [['malformed', 'success'], ['success']],
    answer: ({ socket }, { type, body, stream }) => {
      const deep = `,"more":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
      const plain = Buffer.from(body.toString().replace(/\}$/u, deep));
      socket.write(sent(type, stream ? body : plain));
    },
  },
  {
    name: 'a body that comes byte by byte',
    answeredBy: 'the other',
    outcomes: [['timeout', 'success']],
    isSlow: true,
    answer: ({ socket }, { type, body }) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`);
      let at = 0;
      const timer = setInterval(() => socket.write(body.subarray(at, (at += 1))), 50);
      socket.once('close', () => clearInterval(timer));
    },
  },
  {
    name: 'an error whose words never end',
    answeredBy: 'the other',
    outcomes: [['overloaded', 'success']],
    isSlow: true,
    answer: ({ socket }) => socket.write('HTTP/1.1 503 No\r\ncontent-length: 2000\r\n\r\n{"error"'),
  },
  {
    name: 'a protocol that is not HTTP',
    answeredBy: 'the other',
    outcomes: [['transport', 'success']],
    answer: ({ socket }) => socket.end('SSH-2.0-OpenSSH_9\r\n'),
  },
  {
    name: 'headers larger than any',
    answeredBy: 'the other',
    outcomes: [['transport', 'success']],
    answer: ({ socket }, { type, body }) =>
      socket.write(sent(type, body, `x-big: ${'a'.repeat(200_000)}\r\n`)),
  },
  refusing(405, 'server_error'),
  refusing(407, 'server_error'),
  refusing(410, 'model_unavailable'),
  refusing(421, 'server_error'),
];

describe('a hostile upstream', () => {
  let gateway: TestGateway;
  let raw: RawUpstream;

  beforeAll(async () => {
    raw = await startRawUpstream();
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'], providers: ['openai'] });
    for (const { protocol, basePath, credential } of WIRES) {
      const providerId = `raw-${protocol}`;
      await gateway.priceUnlisted(providerId);
      const baseUrl = `http://127.0.0.1:${raw.port}${basePath}`;
      const more = { unlistedModels: true, credentials: [credential], region: 'us-east-1' };
      await gateway.addEntry({ providerId, protocol, baseUrl, ...more });
    }
    for (const wire of WIRES) {
      raw.answerWith(({ socket }) => socket.write(sent('application/json', Buffer.from(wire.plain('up')))));
      await eventually(async () => {
        const body = { model: `raw-${wire.protocol}/x`, messages: [{ role: 'user', content: 'x' }] };
        expect((await ask(gateway, { body })).status).toBe(200);
      });
    }
  });
  afterAll(async () => {
    await gateway.stop();
    await raw.close();
  });

  it.each(HOSTILITIES)(
    'with $name: the answer is whole, and by $answeredBy, in every protocol',
    async ({ answeredBy, outcomes, answer, isSlow }) => {
      const requestIds: (string | null)[] = [];
      for (const [index, wire] of WIRES.slice(0, isSlow ? 1 : WIRES.length).entries())
        for (const stream of [true, false]) {
          const dialect = DIALECTS[index % DIALECTS.length];
          if (!dialect) throw new Error('no dialect');
          await gateway.closeBreakers();
          const body = stream ? Buffer.concat(wire.frames(WORDS)) : Buffer.from(wire.plain(TEXT));
          const type = stream ? wire.streamType : 'application/json';
          raw.answerWith((exchange) => answer(exchange, { wire, stream, body, type }));
          const reading = await converse(gateway, dialect, {
            prompt: `[[sim text=${JSON.stringify(OTHER)}]]`,
            stream,
            more: {
              ...{ model: `raw-${wire.protocol}/x`, models: ['openai/gpt-4o-mini'], tools: undefined },
              trunkline: { timeouts: TIMEOUTS },
            },
          });
          const cell = `${wire.protocol} × ${dialect.name} × ${stream ? 'stream' : 'plain'}`;
          const texts = { it: [TEXT], 'the other': [OTHER], either: [TEXT, OTHER] }[answeredBy];
          expect({ cell, ...reading }).toMatchObject({ cell, status: 200, isWhole: true, error: null });
          expect(texts).toContain(reading.text);
          requestIds.push(reading.requestId);
        }
      const records = await Promise.all(requestIds.map((id) => gateway.records.of(id)));
      for (const { attempts } of records)
        expect(outcomes).toContainEqual(attempts.map(({ outcome }) => outcome));
    },
    120_000,
  );

  it('that reports more tokens than there are is not believed', async () => {
    const wire = WIRES[0];
    if (!wire) throw new Error('no wire');
    const body = wire.plain(TEXT).replaceAll(/"completion_tokens":\d+/gu, '"completion_tokens":900000000000');
    raw.answerWith(({ socket }) => socket.write(sent('application/json', Buffer.from(body))));
    const call = { model: 'raw-openai/x', messages: [{ role: 'user', content: 'x' }] };
    const answer = await ask(gateway, { body: call });
    expect(answer.status).toBe(200);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(Number(record.costNanoUsd)).toBeLessThan(1_000_000);
  });

  it('leaves a gateway that is as healthy as before', async () => {
    expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(200);
  });
});
