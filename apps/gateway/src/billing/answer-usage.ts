import { addUsage, type ChatRequest, type Usage } from '@trunkline/contracts';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import {
  committedUsage,
  countedAnswer,
  countedPrompt,
  promptPart,
  type CommittedUsage,
  type Written,
} from './committed-usage.js';
import type { Charge } from './who-pays.js';

/** What one attempt wrote of an answer: all of it, or its part of one that broke off and was gone on with. */
export interface AnswerPart {
  /** Number of the attempt. */
  readonly attempt: number;
  readonly written: Written;
  /** It came to its end, and all that its model wrote went to the client. */
  readonly isWhole: boolean;
}

/** Usage of each attempt that the customer has to do with, by its number. */
export type UsageShares = ReadonlyMap<number, CommittedUsage>;

/**
 * Shares a call's usage out. The prompt counts once, at the target that committed; each target's output is its own, as
 * far as it went to the client. The other prompts of a rescued answer are ours. Of an attempt that lost a race the prompt
 * counts, if its provider had begun to answer.
 */
export async function usageShares(
  parts: readonly AnswerPart[],
  trail: readonly AttemptTrace[],
  request: ChatRequest,
  charge: Charge,
): Promise<UsageShares> {
  const shares = new Map<number, CommittedUsage>();
  for (const [index, part] of parts.entries()) {
    const isOnly = parts.length === 1;
    shares.set(
      part.attempt,
      index === 0
        ? await committedUsage(part.written, request, isOnly ? charge : 'delivered', isOnly && part.isWhole)
        : await continuedUsage(part),
    );
  }
  for (const trace of trail) if (trace.lostRace) await addLoser(shares, trace, request);
  return shares;
}

/** The whole call's usage, as the customer reads it: what lost a race stands in the lines alone. */
export function usageOf(parts: readonly AnswerPart[], shares: UsageShares): Usage {
  let sum: Usage = {};
  for (const { attempt } of parts) sum = addUsage(sum, shares.get(attempt)?.usage ?? {});
  return sum;
}

async function continuedUsage({ written, isWhole }: AnswerPart): Promise<CommittedUsage> {
  const { usage } = written;
  const rest = promptPart(usage) ?? {};
  if (!isWhole || !usage) return { usage: await countedAnswer(written), counted: true, rest };
  const own = Object.entries(usage).filter(([bucket]) => !(bucket in rest));
  return { usage: Object.fromEntries(own), counted: false, rest };
}

async function addLoser(
  shares: Map<number, CommittedUsage>,
  trace: AttemptTrace,
  request: ChatRequest,
): Promise<void> {
  const isAnswering = trace.statusCode !== null && trace.statusCode < 300;
  if (trace.usage) shares.set(trace.number, { usage: trace.usage, counted: false });
  else if (isAnswering) shares.set(trace.number, { usage: await countedPrompt(request), counted: true });
}
