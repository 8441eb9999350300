import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FailureOutcome } from '@trunkline/contracts';
import { FAULTS as SIMULATED, type FaultName, type FaultOptions } from '@trunkline/provider-simulator';
import { OUTCOME_RULES } from '../../src/failover/attempt-outcome.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { converse, DIALECTS, MODELS, PROVIDERS, type Dialect, type Fallback } from './dialects.js';

const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const CLOCKS = {
  timeouts: { connectMs: 1_000, headersMs: 500, firstTokenMs: 500, gapMs: 400, totalMs: 8_000 },
};

interface Fault {
  readonly fault: FaultName;
  readonly options?: FaultOptions;
  /** Before anything was sent; behind the first words of a stream; behind a part of a tool call; never felt. */
  readonly strikes: 'before' | 'behind' | 'behind a tool call' | 'never';
  /** What the attempt comes to, as a stream and plain. Either where two are as right. */
  readonly outcome: readonly FailureOutcome[];
  readonly plain?: readonly FailureOutcome[] | 'never';
}

/** Every fault of the simulator: what the engine is to take it for. */
const FAULTS: readonly Fault[] = [
  { fault: 'refuse', strikes: 'before', outcome: ['transport'] },
  { fault: 'reset_before_headers', strikes: 'before', outcome: ['transport'] },
  { fault: 'no_answer', strikes: 'before', outcome: ['timeout'] },
  { fault: 'keep_alives_only', strikes: 'before', outcome: ['timeout'], options: { intervalMs: 100 } },
  { fault: 'html_200', strikes: 'before', outcome: ['malformed'] },
  { fault: 'context_length_400', strikes: 'before', outcome: ['context_length'] },
  { fault: 'content_policy_400', strikes: 'before', outcome: ['content_policy'] },
  { fault: 'huge_error_body', strikes: 'before', outcome: ['server_error'] },
  { fault: 'slow_headers', strikes: 'before', outcome: ['timeout'], options: { delayMs: 3_000 } },
  { fault: 'slow_headers', strikes: 'never', outcome: [], options: { delayMs: 150 } },
  { fault: 'slow_first_token', strikes: 'before', outcome: ['timeout'], options: { delayMs: 3_000 } },
  { fault: 'slow_first_token', strikes: 'never', outcome: [], options: { delayMs: 150 } },
  { fault: 'stall', strikes: 'behind', outcome: ['timeout'], options: { at: 6 } },
  { fault: 'stall', strikes: 'never', outcome: [], options: { at: 6, delayMs: 100 } },
  {
    fault: 'reset_mid_stream',
    strikes: 'behind',
    outcome: ['truncated'],
    plain: ['transport'],
    options: { at: 6 },
  },
  {
    fault: 'cut',
    strikes: 'behind',
    outcome: ['truncated'],
    plain: ['transport', 'malformed'],
    options: { at: 6 },
  },
  {
    fault: 'cut_in_utf8',
    strikes: 'behind',
    outcome: ['truncated'],
    plain: ['transport', 'malformed'],
    options: { at: 6 },
  },
  {
    fault: 'cut_in_tool_arguments',
    strikes: 'behind a tool call',
    outcome: ['truncated'],
    plain: ['transport', 'malformed'],
  },
  { fault: 'cut_in_reasoning', strikes: 'behind', outcome: ['truncated'], plain: ['transport', 'malformed'] },
  {
    fault: 'role_chunk_then_cut',
    strikes: 'before',
    outcome: ['truncated'],
    plain: ['transport', 'malformed'],
  },
  { fault: 'garbage_event', strikes: 'behind', outcome: ['malformed'], options: { at: 6 } },
  { fault: 'missing_terminal', strikes: 'behind', outcome: ['truncated'], plain: ['malformed', 'transport'] },
  { fault: 'error_event_before_content', strikes: 'before', outcome: ['server_error', 'overloaded'] },
  {
    fault: 'error_event_after_content',
    strikes: 'behind',
    outcome: ['server_error', 'overloaded'],
    options: { at: 6 },
  },
  {
    fault: 'truncated_json',
    strikes: 'behind',
    outcome: ['truncated'],
    plain: ['malformed', 'transport'],
    options: { at: 6 },
  },
  { fault: 'broken_gzip', strikes: 'before', outcome: ['malformed'] },
  { fault: 'empty_answer', strikes: 'before', outcome: ['empty'] },
  { fault: 'status:401', strikes: 'before', outcome: ['credential_rejected'] },
  { fault: 'status:402', strikes: 'before', outcome: ['quota_exhausted'] },
  { fault: 'status:404', strikes: 'before', outcome: ['model_unavailable'] },
  { fault: 'status:408', strikes: 'before', outcome: ['timeout', 'server_error'] },
  { fault: 'status:413', strikes: 'before', outcome: ['invalid_request', 'context_length'] },
  { fault: 'status:429', strikes: 'before', outcome: ['rate_limited'] },
  { fault: 'status:429', strikes: 'before', outcome: ['rate_limited'], options: { retryAfterMs: 60_000 } },
  { fault: 'status:500', strikes: 'before', outcome: ['server_error'] },
  { fault: 'status:502', strikes: 'before', outcome: ['server_error', 'overloaded'] },
  { fault: 'status:503', strikes: 'before', outcome: ['overloaded', 'server_error'] },
  { fault: 'status:504', strikes: 'before', outcome: ['timeout', 'server_error'] },
  { fault: 'status:529', strikes: 'before', outcome: ['overloaded'] },
];

/** Whether somebody else may answer, by the table. */
function mayAnswer(outcome: FailureOutcome, { is }: Fallback): boolean {
  if (is === 'nobody') return false;
  const rule = OUTCOME_RULES[outcome];
  return is === 'other model' ? rule.otherModel : rule.otherTarget === 'yes';
}

describe('the fault matrix', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: MODELS, providers: PROVIDERS });
  });
  afterAll(() => gateway.stop());

  it('knows every fault that the simulator can produce', () => {
    const known = new Set(FAULTS.map(({ fault }) => fault));
    expect(
      Object.keys(SIMULATED).filter((fault) => !known.has(fault as FaultName) && fault !== 'tiny_events'),
    ).toEqual([]);
  });

  const cells = FAULTS.flatMap((fault) =>
    DIALECTS.flatMap((dialect) =>
      [true, false].flatMap((stream) =>
        Object.entries(dialect.fallbacks).map(([name, fallback]) => ({
          fault,
          dialect,
          stream,
          fallback,
          name,
        })),
      ),
    ),
  ).map((cell) => ({
    ...cell,
    title: `${cell.fault.fault} ${JSON.stringify(cell.fault.options ?? {})} × ${cell.dialect.name} × ${cell.stream ? 'stream' : 'plain'} × ${cell.name}`,
  }));

  it.each(cells)('$title', async ({ fault, dialect, stream, fallback }) => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    setFault(fault, dialect);
    const began = performance.now();
    const reading = await converse(gateway, dialect, {
      prompt: `[[sim text=${JSON.stringify(TEXT)}]]`,
      stream,
      more: { ...fallback.wish, trunkline: CLOCKS },
    });
    expect(performance.now() - began).toBeLessThan(9_000);
    const record = await gateway.records.of(reading.requestId);
    const expected = stream ? fault.outcome : (fault.plain ?? fault.outcome);
    const isFelt = fault.strikes !== 'never' && expected !== 'never';
    const [first] = record.attempts;
    if (isFelt) expect(expected).toContain(first?.outcome);
    else expect(first?.outcome).toBe('success');
    const isLost = isFelt && stream && fault.strikes === 'behind a tool call';
    const isAnswered = !isFelt || (!isLost && mayAnswer(first?.outcome as FailureOutcome, fallback));
    if (isAnswered) {
      expect(reading).toMatchObject({ status: 200, text: TEXT, isWhole: true, error: null });
      expect(record).toMatchObject({ billingReason: 'finished', errorCode: null });
      expect(BigInt(record.costNanoUsd)).toBeGreaterThan(0n);
      expect(record.attempts).toHaveLength(isFelt ? 2 : 1);
    } else {
      expect(reading.isWhole).toBe(false);
      expect(reading.error).not.toBeNull();
      expect(record.costNanoUsd).toBe('0');
      expect(record.errorCode).not.toBeNull();
    }
    expect(record.rescued).toBe(isFelt && isAnswered && stream && fault.strikes === 'behind');
  });

  it('reads a hundred thousand tiny events to the end', async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    for (const dialect of DIALECTS) {
      const options = { events: 100_000 };
      gateway.simulator.control.setFault({ provider: dialect.provider, fault: 'tiny_events', options });
      const reading = await converse(gateway, dialect, {
        prompt: 'Count.',
        stream: true,
        more: dialect.fallbacks.none.wish,
      });
      expect(reading).toMatchObject({ isWhole: true, error: null });
      expect(reading.text.length).toBe(200_000);
    }
  }, 120_000);

  it('is as healthy afterwards as before', async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    for (const dialect of DIALECTS) {
      const reading = await converse(gateway, dialect, {
        prompt: '[[sim text="Well."]]',
        stream: true,
        more: {},
      });
      expect(reading).toMatchObject({ status: 200, text: 'Well.', isWhole: true });
    }
    const health = await fetch(`${gateway.adminUrl}/readyz`);
    expect(health.status).toBe(200);
  });

  function setFault({ fault, options }: Fault, dialect: Dialect): void {
    const model = dialect.model.split('/')[1];
    gateway.simulator.control.setFault({
      provider: dialect.provider,
      ...(model?.startsWith('claude') ? { model: 'claude-sonnet-4-5' } : model ? { model } : {}),
      fault,
      ...(options ? { options } : {}),
    });
  }
});
