import type { ChatRequest } from '@trunkline/contracts';
import type { Plan } from '@trunkline/routing';
import type { ClientCall } from '../doors/chat-door.js';
import type { Timeouts } from '../failover/clocks.js';
import type { OutputCheck } from '../failover/output-check.js';
import type { HoldBack } from '../streaming/chat-stream.js';
import type { Lease, LimitState } from './ports.js';

/** What *parse* adds. */
export interface ParsedCall {
  /** How the client said it, and how it is to be answered. */
  readonly client: ClientCall;
  readonly request: ChatRequest;
  /** The model, then further models in order, as the client wrote them. */
  readonly requested: readonly string[];
  /** Models of the caller's policy, asked behind those; what the key may not call is left out. */
  readonly fallbackModels: readonly string[];
  readonly stream: boolean;
  /** Choices asked for. */
  readonly choices: number;
  readonly timeouts: Partial<Timeouts>;
  /** Whether another target may go on with a stream that breaks off. */
  readonly rescue: boolean;
  /** Whether it may be one of another model. */
  readonly rescueOtherModels: boolean;
  /** How much of a stream's beginning is held back. */
  readonly holdBack: HoldBack | null;
  /** Whether a second target may be asked beside a slow one, and when; null where it may not. */
  readonly hedge: { readonly afterMs: number | null } | null;
  /** The client hears of us while it waits for the beginning. */
  readonly keepAliveEarly: boolean;
  /** What an answer has to keep to, where the request asked for that to be checked. */
  readonly outputCheck: OutputCheck | null;
  /** The limit that the client set on the answer's tokens. */
  readonly outputTokenLimit: number | null;
}

/** What *route* adds. */
export interface RoutedCall {
  readonly plan: Plan;
  /** Estimate. */
  readonly promptTokens: number;
}

/** What *admit* adds. */
export interface AdmittedCall {
  readonly lease: Lease;
  readonly limits: LimitState;
  /** Tokens that the free sum pays for at the first target's price, where that is fewer than asked for. */
  readonly affordableTokens: number | null;
}

/** A call that may be dispatched. */
export type ReadyCall = ParsedCall & RoutedCall & AdmittedCall;
