import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultName, FaultOptions } from '@trunkline/provider-simulator';
import { eventually } from '@trunkline/testing';
import { send } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { type Dialect, DIALECTS, MODELS, PROVIDERS } from './dialects.js';

/** Design: at once. A machine that is busy with other things may take longer over some of the calls; hence the median. */
const GONE_LIMIT_MS = 100;
/** Of each call, whatever the machine has to do besides. */
const GONE_AT_MOST_MS = 5_000;
const LONG_MS = 60_000;
const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';

type Who = 'first' | 'second';

interface State {
  readonly name: string;
  readonly stream: boolean;
  /** Directives for the simulator, beside the text. */
  readonly pace?: string;
  readonly faults?: readonly [Who, FaultName, FaultOptions][];
  readonly wish?: Record<string, unknown>;
  /** Who is at work when the client leaves. */
  readonly running: readonly Who[];
  /** The client has read something by then. */
  readonly hasRead?: true;
}

const slow: FaultOptions = { delayMs: LONG_MS };

/** All in which a call may be when its client leaves. */
const STATES: readonly State[] = [
  {
    name: 'waiting for headers of a plain answer',
    stream: false,
    faults: [['first', 'no_answer', {}]],
    running: ['first'],
  },
  { name: 'waiting for a plain answer', stream: false, pace: `wait=${LONG_MS}`, running: ['first'] },
  {
    name: 'waiting for headers of a stream',
    stream: true,
    faults: [['first', 'slow_headers', slow]],
    running: ['first'],
  },
  {
    name: 'before the first token',
    stream: true,
    faults: [['first', 'slow_first_token', slow]],
    running: ['first'],
  },
  {
    name: 'before the first token, kept alive',
    stream: true,
    faults: [['first', 'keep_alives_only', { intervalMs: 50 }]],
    running: ['first'],
  },
  { name: 'in the middle of a stream', stream: true, pace: 'gap=2000', running: ['first'], hasRead: true },
  {
    name: 'in a stream that stands still',
    stream: true,
    faults: [['first', 'stall', { at: 6 }]],
    running: ['first'],
    hasRead: true,
  },
  {
    name: 'at the second target',
    stream: true,
    faults: [
      ['first', 'status:503', {}],
      ['second', 'slow_first_token', slow],
    ],
    running: ['second'],
  },
  {
    name: 'during a rescue',
    stream: true,
    faults: [
      ['first', 'cut', { at: 6 }],
      ['second', 'slow_first_token', slow],
    ],
    running: ['second'],
    hasRead: true,
  },
  {
    name: 'during a hedge',
    stream: true,
    faults: [
      ['first', 'slow_first_token', slow],
      ['second', 'slow_first_token', slow],
    ],
    wish: { trunkline: { hedge: { afterMs: 30 } } },
    running: ['first', 'second'],
  },
];

describe.each(DIALECTS)('a client of $name that leaves', (dialect) => {
  let gateway: TestGateway;
  const goneMs: number[] = [];
  beforeAll(async () => {
    gateway = await startGateway({ models: MODELS, providers: PROVIDERS });
  });
  afterEach(async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
  });
  afterAll(() => gateway.stop());

  const calls = () => gateway.simulator.control.calls().calls;
  const running = () => calls().filter(({ outcome }) => outcome === 'running');

  it.each(STATES)('is followed by every provider, $name', async (state) => {
    const { provider, providerModel } = dialect;
    const second = secondOf(dialect);
    for (const [who, fault, options] of state.faults ?? [])
      gateway.simulator.control.setFault(
        who === 'first'
          ? { provider, model: providerModel, fault, options }
          : { provider: second, fault, options },
      );
    const client = new AbortController();
    const prompt = `[[sim text=${JSON.stringify(TEXT)} ${state.pace ?? ''}]]`;
    const answering = send(
      gateway,
      {
        path: dialect.path,
        headers: { 'x-client-request-id': state.name },
        body: {
          model: dialect.model,
          stream: state.stream,
          ...dialect.body(prompt),
          ...dialect.fallbacks['another protocol'].wish,
          ...state.wish,
        },
      },
      client.signal,
    );
    if (state.hasRead) await (await answering).body?.getReader().read();
    else answering.catch(() => undefined);
    const atWork = state.running.map((who) => (who === 'first' ? provider : second));
    await eventually(() => expect(running().map((call) => call.provider)).toEqual(atWork));
    const left = running().map(({ sequence }) => sequence);

    const leftMs = Date.now();
    client.abort();
    await eventually(() => expect(running()).toEqual([]));

    for (const { outcome, endedAt } of calls().filter(({ sequence }) => left.includes(sequence))) {
      expect(outcome).toBe('client_gone');
      goneMs.push(Date.parse(endedAt ?? '') - leftMs);
    }
    const record = await gateway.records.ofClient(state.name);
    expect(record.attempts.filter(({ outcome }) => outcome === 'cancelled')).toHaveLength(atWork.length);
    // Nobody was asked instead.
    expect(calls().at(-1)?.sequence).toBe(left.at(-1));
  });

  it('is followed at once', () => {
    expect(goneMs.length).toBeGreaterThanOrEqual(STATES.length);
    expect(Math.max(...goneMs)).toBeLessThan(GONE_AT_MOST_MS);
    expect(goneMs.toSorted((a, b) => a - b)[Math.floor(goneMs.length / 2)]).toBeLessThan(GONE_LIMIT_MS);
  });
});

/** The provider behind the dialect's own. */
function secondOf({ fallbacks }: Dialect): string {
  const { provider } = fallbacks['another protocol'].wish as { provider: { order: string[] } };
  return provider.order[1] ?? '';
}
