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

/** What one attempt gave of an answer: all of it, or its part of one that broke off and was gone on with. */
export interface EndpointPart<Answer> {
  readonly trace: AttemptTrace;
  readonly usage: Usage | null;
  /** Null where it came in pieces that nobody kept. */
  readonly answer: Answer | null;
  /** It came to its end, and all of it went to the client. */
  readonly isWhole: boolean;
}

export interface SettleEndpointInput<Request, Answer> {
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyEndpointCall<Request, Answer>;
  readonly trail: readonly AttemptTrace[];
  readonly ending: CallEnding;
  /** Null when nothing was committed. */
  readonly committed: {
    readonly id: string | null;
    readonly parts: readonly EndpointPart<Answer>[];
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
        parts: committed.parts.map(({ trace, isWhole }) => ({ attempt: trace.number, written, isWhole })),
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
  const add = (
    { number, target: { sellPrice } }: AttemptTrace,
    used: Usage,
    counted: boolean,
    rest: Usage | null = null,
  ) => {
    const usage = sellPrice ? inPricedMeasures(used, sellPrice.terms) : used;
    shares.set(number, { usage, counted, ...(rest && { rest }) });
  };
  const isRescued = committed.parts.length > 1;
  for (const [index, { trace, usage, answer, isWhole }] of committed.parts.entries()) {
    if (usage && !isRescued) add(trace, usage, false);
    else {
      // The prompt counts once; of the other targets it is ours.
      const counted = await call.client.count(answer);
      const prompt = promptPart(usage) ?? (index === 0 ? promptPart(counted) : null);
      const output = outputPart(usage && isWhole ? usage : counted);
      if (index === 0) add(trace, { ...prompt, ...output }, true);
      else add(trace, output, !(usage && isWhole), prompt);
    }
  }
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
  // It left while the answer came, or while another target was looked for.
  return hasLeft ? { kind: 'client_left', committed: true } : { kind: 'cut' };
}

function outputPart(usage: Usage): Usage {
  const part = promptPart(usage) ?? {};
  return Object.fromEntries(Object.entries(usage).filter(([bucket]) => !(bucket in part)));
}
