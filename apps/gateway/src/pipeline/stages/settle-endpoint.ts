import type { UpstreamFailure, Usage } from '@trunkline/contracts';
import type { ErrorCode } from '@trunkline/errors';
import { inPricedMeasures } from '@trunkline/pricing';
import type { UsageShares } from '../../billing/answer-usage.js';
import { promptPart, type CommittedUsage } from '../../billing/committed-usage.js';
import type { CallEnding } from '../../billing/who-pays.js';
import type { AttemptTrace } from '../../failover/attempt-runner.js';
import type { ReadyEndpointCall } from '../endpoint-call.js';
import type { GatewayParts } from '../gateway-parts.js';
import type { Principal } from '../ports.js';
import type { RequestContext } from '../request-context.js';
import { settleShares, type SettledCall } from './settle.js';

export interface SettleEndpointInput<Request, Answer> {
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyEndpointCall<Request, Answer>;
  readonly trail: readonly AttemptTrace[];
  readonly ending: CallEnding;
  /** Null when nothing was committed. */
  readonly committed: {
    readonly trace: AttemptTrace;
    readonly id: string | null;
    readonly usage: Usage | null;
    readonly answer: Answer | null;
  } | null;
  readonly dropped: readonly string[];
  readonly status: number;
  readonly errorCode: ErrorCode | null;
  readonly kept?: { request: Buffer; answer: Buffer };
}

/** Writes the record of a call beside chat, with what it used in the measures that its target's price charges. */
export function settleEndpoint<Request, Answer>(
  parts: GatewayParts,
  input: SettleEndpointInput<Request, Answer>,
): Promise<SettledCall> {
  const { context, principal, call, trail, ending, committed, dropped, status, errorCode, kept } = input;
  const written = { usage: null, outputText: '', reasoningText: '' };
  return settleShares(
    parts,
    {
      context,
      principal,
      call,
      trail,
      ending,
      answer: committed && {
        id: committed.id,
        parts: [{ attempt: committed.trace.number, written, isWhole: ending.kind === 'finished' }],
        finishReason: ending.kind === 'finished' ? 'stop' : null,
        nativeFinishReason: null,
      },
      dropped,
      status,
      errorCode,
      ...(kept ? { kept } : {}),
    },
    () => sharesOf(input),
  );
}

async function sharesOf<Request, Answer>({
  call,
  trail,
  committed,
}: SettleEndpointInput<Request, Answer>): Promise<UsageShares> {
  const shares = new Map<number, CommittedUsage>();
  if (!committed) return shares;
  const add = ({ number, target: { sellPrice } }: AttemptTrace, used: Usage, counted: boolean) => {
    const usage = sellPrice ? inPricedMeasures(used, sellPrice.terms) : used;
    shares.set(number, { usage, counted });
  };
  const { trace, answer, usage } = committed;
  add(trace, usage ?? (await call.client.count(answer)), usage === null);
  for (const loser of trail) {
    if (!loser.lostRace) continue;
    const isAnswering = loser.statusCode !== null && loser.statusCode < 300;
    if (loser.usage) add(loser, loser.usage, false);
    else if (isAnswering) add(loser, promptPart(await call.client.count(null)) ?? {}, true);
  }
  return shares;
}

/** How a call ended whose answer broke off. */
export function endingOf(failure: UpstreamFailure | null, hasLeft: boolean): CallEnding {
  if (failure === null) return { kind: 'finished' };
  return hasLeft && failure.outcome === 'cancelled'
    ? { kind: 'client_left', committed: true }
    : { kind: 'cut' };
}
