import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndedRecord, FailureOutcome } from '@trunkline/contracts';
import { FAULTS as SIMULATED, type FaultName } from '@trunkline/provider-simulator';
import { OUTCOME_RULES } from '../../src/failover/attempt-outcome.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import {
  converse,
  DIALECTS,
  MODELS,
  PROVIDERS,
  type Dialect,
  type Fallback,
  type Reading,
} from './dialects.js';
import { clocksOf, FAULTS, setFault, TOTAL_MS, type Fault } from './faults.js';

const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';

interface Cell {
  readonly title: string;
  readonly dialect: Dialect;
  readonly stream: boolean;
  readonly fallback: Fallback;
}

function cellsOf(fault: Fault): Cell[] {
  return DIALECTS.flatMap((dialect) =>
    [true, false].flatMap((stream) =>
      Object.entries(dialect.fallbacks).map(([name, fallback]) => ({
        title: `${fault.fault} × ${dialect.name} × ${stream ? 'stream' : 'plain'} × ${name}`,
        dialect,
        stream,
        fallback,
      })),
    ),
  );
}

/** What a cell came to: for the client, for the log, for the bill. */
interface Ending {
  readonly status: 200 | 'an error';
  readonly text: string | null;
  readonly isWhole: boolean;
  readonly isError: boolean;
  readonly firstOutcome: string;
  readonly attempts: number | null;
  readonly isCharged: boolean;
  readonly billingReason: string | null;
  readonly rescued: boolean;
}

function observed({ status, text, isWhole, error }: Reading, record: EndedRecord): Ending {
  const isAnswered = isWhole && error === null;
  return {
    status: status === 200 ? 200 : 'an error',
    text: isAnswered ? text : null,
    isWhole,
    isError: error !== null,
    firstOutcome: record.attempts[0]?.outcome ?? 'none',
    attempts: isAnswered ? record.attempts.length : null,
    isCharged: BigInt(record.costNanoUsd) > 0n,
    billingReason: isAnswered ? record.billingReason : null,
    rescued: record.rescued,
  };
}

function expected(fault: Fault, { dialect, stream, fallback }: Cell, record: EndedRecord): Ending {
  const outcomes = stream ? fault.outcome : (fault.plain ?? fault.outcome);
  const first = record.attempts[0]?.outcome;
  const isFelt = fault.strikes !== 'never';
  const isBehind =
    stream &&
    (fault.strikes === 'behind' || (fault.strikes === 'behind reasoning' && dialect.showsReasoning));
  const isLost = stream && fault.strikes === 'behind a tool call';
  const outcome = outcomes.find((one) => one === first) ?? outcomes[0];
  const isAnswered = outcome === undefined || (!isLost && mayAnswer(outcome, fallback));
  return {
    status: isAnswered || isBehind || isLost ? 200 : 'an error',
    text: isAnswered ? TEXT : null,
    isWhole: isAnswered,
    isError: !isAnswered,
    firstOutcome: outcome ?? 'success',
    attempts: isAnswered ? (isFelt ? 2 : 1) : null,
    isCharged: isAnswered,
    billingReason: isAnswered ? 'finished' : null,
    rescued: isAnswered && isBehind,
  };
}

/** Whether somebody else may answer, by the table. */
function mayAnswer(outcome: FailureOutcome, { is, hasMoreContext }: Fallback): boolean {
  if (is === 'nobody') return false;
  if (outcome === 'context_length' && hasMoreContext) return true;
  const rule = OUTCOME_RULES[outcome];
  return is === 'other model' ? rule.otherModel : rule.otherTarget === 'yes';
}

async function converseBy(gateway: TestGateway, fault: Fault, cells: readonly Cell[]) {
  const [first] = cells;
  if (!first) return [];
  await gateway.closeBreakers();
  gateway.simulator.control.reset();
  setFault(gateway, fault, first.dialect);
  return Promise.all(
    cells.map(async (cell) => {
      const began = performance.now();
      const reading = await converse(gateway, cell.dialect, {
        prompt: `[[sim text=${JSON.stringify(TEXT)}]]`,
        stream: cell.stream,
        more: { ...cell.fallback.wish, trunkline: clocksOf(fault) },
      });
      expect(performance.now() - began).toBeLessThan(TOTAL_MS + 5_000);
      return { cell, reading };
    }),
  );
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

  const named = FAULTS.map((fault) => ({
    ...fault,
    title: `${fault.fault} ${fault.options ? JSON.stringify(fault.options) : ''}`,
  }));

  it.each(named)(
    '$title: in every dialect, streamed and plain, with every kind of fallback',
    async (fault) => {
      const readings: { cell: Cell; reading: Reading }[] = [];
      // Those with each kind of fallback go side by side: three failures open no breaker.
      for (const cells of Map.groupBy(
        cellsOf(fault),
        ({ dialect, stream }) => `${dialect.name} ${stream}`,
      ).values()) {
        readings.push(...(await converseBy(gateway, fault, cells)));
      }
      for (const { cell, reading } of readings) {
        const record = await gateway.records.of(reading.requestId);
        expect({ cell: cell.title, ...observed(reading, record) }).toEqual({
          cell: cell.title,
          ...expected(fault, cell, record),
        });
      }
    },
    180_000,
  );

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
});
