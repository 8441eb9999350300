import type { ChatAdapter } from '@trunkline/providers';
import type { ChatProtocol, WholeAnswer } from '../doors/chat-door.js';
import type { AttemptResult, AttemptTrace } from '../failover/attempt-runner.js';
import type { OutputCheck } from '../failover/output-check.js';
import { localFailure } from '../upstream/local-failure.js';

export interface WholeAnswerInput {
  readonly adapter: ChatAdapter;
  /** What the client speaks. */
  readonly protocol: ChatProtocol;
  readonly trace: AttemptTrace;
  readonly check: OutputCheck | null;
  readonly nowMs: number;
}

/** What a plain body of a chat says: it is committed when it is whole and keeps to what was asked for. */
export function readWholeAnswer(
  body: string,
  { adapter, protocol, trace, check, nowMs }: WholeAnswerInput,
): AttemptResult<WholeAnswer> {
  const parsed = adapter.parseAnswer(body);
  if (parsed.kind === 'failed') return { kind: 'failed', failure: parsed.failure, clock: null };
  const problem = check?.problemOf(parsed.answer) ?? null;
  if (problem !== null) {
    trace.usage = parsed.usage;
    const failure = localFailure('invalid_output', `The answer breaks its schema: ${problem}.`);
    return { kind: 'failed', failure, clock: null };
  }
  trace.firstTokenMs = nowMs;
  trace.endedMs = nowMs;
  return { kind: 'committed', answer: { ...parsed, native: adapter.protocol === protocol ? body : null } };
}
