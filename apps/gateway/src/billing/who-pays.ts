import type { BillingReason, UpstreamFailure } from '@trunkline/contracts';

/** How a call ended, as far as money is concerned. */
export type CallEnding =
  | { readonly kind: 'finished' }
  /** No attempt had an answer. */
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure | null }
  /** The committed answer broke off and was not rescued. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'client_left'; readonly committed: boolean }
  /** The process had to stop, and ended a call that ran in the background. */
  | { readonly kind: 'gateway_lost' }
  /** The hold could not be raised: the stream was ended. */
  | { readonly kind: 'out_of_budget' };

/** What the customer pays for the committed attempt. */
export type Charge = 'usage' | 'delivered' | 'nothing';

export interface WhoPays {
  readonly reason: BillingReason;
  readonly customerPays: Charge;
}

/** Who pays for which ending. docs/billing.md prints this table; a test keeps the two equal. */
export const WHO_PAYS = {
  finished: 'usage',
  failed: 'nothing',
  empty: 'nothing',
  truncated: 'nothing',
  client_left_before_commit: 'nothing',
  client_left_after_commit: 'delivered',
  budget_exceeded: 'delivered',
  gateway_lost: 'nothing',
} as const satisfies Record<BillingReason, Charge>;

/** The one place that decides what a customer pays for an ending. */
export function whoPays(ending: CallEnding): WhoPays {
  const reason = reasonOf(ending);
  return { reason, customerPays: WHO_PAYS[reason] };
}

function reasonOf(ending: CallEnding): BillingReason {
  switch (ending.kind) {
    case 'finished':
      return 'finished';
    case 'failed':
      return ending.failure?.outcome === 'empty' ? 'empty' : 'failed';
    case 'cut':
      return 'truncated';
    case 'client_left':
      return ending.committed ? 'client_left_after_commit' : 'client_left_before_commit';
    case 'gateway_lost':
      return 'gateway_lost';
    case 'out_of_budget':
      return 'budget_exceeded';
  }
}
