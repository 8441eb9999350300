import type { EndpointClientCall } from '../doors/endpoint-door.js';
import type { Timeouts } from '../failover/clocks.js';
import type { AdmittedCall, ParsedCall, RoutedCall } from './call.js';

/** What *parse* adds, of a call beside chat. */
export interface ParsedEndpointCall<Request, Answer> {
  readonly client: EndpointClientCall<Request, Answer>;
  readonly request: EndpointClientCall<Request, Answer>['wishes'];
  /** The model, then further models in order, as the client wrote them. */
  readonly requested: readonly string[];
  readonly stream: boolean;
  readonly timeouts: Partial<Timeouts>;
  readonly rescue: boolean;
  readonly rescueOtherModels: boolean;
  /** Null besides for answers that take long by nature: a second picture or recording would be paid for. */
  readonly hedge: ParsedCall['hedge'];
  /** What it uses is known before: no token limit is ever cut. */
  readonly choices: 1;
  readonly outputTokenLimit: 0;
}

/** A call that may be dispatched. */
export type ReadyEndpointCall<Request, Answer> = ParsedEndpointCall<Request, Answer> &
  RoutedCall &
  AdmittedCall;
