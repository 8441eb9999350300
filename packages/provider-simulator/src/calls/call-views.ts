import type { CallEntry, CallOutcome } from './call-log.js';
import type { ReportedUsage } from '../protocols/protocol.js';

/** A call as the control API shows it; times are ISO 8601. */
export interface CallView {
  readonly sequence: number;
  readonly provider: string;
  /** As asked for; `null` when the request had none, or was not read (canned mode, `refuse`). */
  readonly model: string | null;
  readonly clientRequestId: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: number | null;
  readonly fault: string | null;
  readonly outcome: CallOutcome;
  readonly promptTokens: number;
  readonly usage: ReportedUsage | null;
  readonly deliveredTokens: number;
}

/** Sums of one provider's model. `tokensOut` is what answers reported, and of cut ones what was delivered. */
export interface CallCount {
  readonly provider: string;
  readonly model: string;
  calls: number;
  answered: number;
  refused: number;
  cut: number;
  clientGone: number;
  tokensIn: number;
  tokensOut: number;
}

export function viewCall(entry: CallEntry): CallView {
  return {
    sequence: entry.sequence,
    provider: entry.provider,
    model: entry.model === '' ? null : entry.model,
    clientRequestId: entry.clientRequestId === '' ? null : entry.clientRequestId,
    startedAt: new Date(entry.startedMs).toISOString(),
    endedAt: entry.endedMs === 0 ? null : new Date(entry.endedMs).toISOString(),
    status: entry.status === 0 ? null : entry.status,
    fault: entry.fault === '' ? null : entry.fault,
    outcome: entry.outcome,
    promptTokens: entry.promptTokens,
    usage: entry.usage ?? null,
    deliveredTokens: entry.deliveredTokens,
  };
}

export function countCalls(entries: readonly CallEntry[]): CallCount[] {
  const counts = new Map<string, CallCount>();
  for (const entry of entries) {
    const key = `${entry.provider}\n${entry.model}`;
    const count = counts.get(key) ?? {
      provider: entry.provider,
      model: entry.model,
      calls: 0,
      answered: 0,
      refused: 0,
      cut: 0,
      clientGone: 0,
      tokensIn: 0,
      tokensOut: 0,
    };
    counts.set(key, count);
    count.calls += 1;
    if (entry.outcome === 'client_gone') count.clientGone += 1;
    else if (entry.usage !== undefined) count.answered += 1;
    else if (entry.outcome === 'faulted') count.cut += 1;
    else if (entry.outcome === 'complete') count.refused += 1;
    count.tokensIn += entry.usage?.promptTokens ?? entry.promptTokens;
    count.tokensOut += entry.usage?.completionTokens ?? entry.deliveredTokens;
  }
  return [...counts.values()];
}
