import type { FailureOutcome } from '@trunkline/contracts';
import type { FaultName, FaultOptions } from '@trunkline/provider-simulator';
import type { TestGateway } from '../support/start-gateway.js';
import type { Dialect } from './dialects.js';

/** Short ones only where something is to run into them: a busy machine may pause for longer. */
export function clocksOf({ outcome }: Fault, shortMs = 1_500): { timeouts: Record<string, number> } {
  const ms = outcome.includes('timeout') ? shortMs : 20_000;
  return { timeouts: { connectMs: ms, headersMs: ms, firstTokenMs: ms, gapMs: ms, totalMs: TOTAL_MS } };
}

/** All attempts of a call together, with their clocks. */
export const TOTAL_MS = 60_000;

export interface Fault {
  readonly fault: FaultName;
  readonly options?: FaultOptions;
  /** Before anything was sent; behind the first words of a stream, or its first thoughts; behind a part of a tool call. */
  readonly strikes: 'before' | 'behind' | 'behind reasoning' | 'behind a tool call' | 'never';
  /** What the attempt comes to, as a stream and plain. Either where two are as right. */
  readonly outcome: readonly FailureOutcome[];
  readonly plain?: readonly FailureOutcome[];
}

/** Every fault of the simulator: what the engine is to take it for. */
export const FAULTS: readonly Fault[] = [
  { fault: 'refuse', strikes: 'before', outcome: ['transport'] },
  { fault: 'reset_before_headers', strikes: 'before', outcome: ['transport'] },
  { fault: 'no_answer', strikes: 'before', outcome: ['timeout'] },
  { fault: 'keep_alives_only', strikes: 'before', outcome: ['timeout'], options: { intervalMs: 100 } },
  { fault: 'html_200', strikes: 'before', outcome: ['malformed'] },
  { fault: 'context_length_400', strikes: 'before', outcome: ['context_length'] },
  { fault: 'content_policy_400', strikes: 'before', outcome: ['content_policy'] },
  { fault: 'huge_error_body', strikes: 'before', outcome: ['server_error'] },
  { fault: 'slow_headers', strikes: 'before', outcome: ['timeout'], options: { delayMs: 20_000 } },
  { fault: 'slow_headers', strikes: 'never', outcome: [], options: { delayMs: 150 } },
  { fault: 'slow_first_token', strikes: 'before', outcome: ['timeout'], options: { delayMs: 20_000 } },
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
  {
    fault: 'cut_in_reasoning',
    strikes: 'behind reasoning',
    outcome: ['truncated'],
    plain: ['transport', 'malformed'],
  },
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

/** Lets the fault happen to the dialect's own model at its own provider, and to nothing else. */
export function setFault(gateway: TestGateway, { fault, options }: Fault, dialect: Dialect): void {
  gateway.simulator.control.setFault({
    provider: dialect.provider,
    model: dialect.providerModel,
    fault,
    ...(options ? { options } : {}),
  });
}
