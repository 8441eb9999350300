import { createLoader, parseAsStringLiteral } from 'nuqs/server';
import type { LedgerKind } from './api/ledger-entries-query';

/** `money` is all that was put in or corrected, without the calls. */
export const LEDGER_VIEWS = ['all', 'calls', 'money'] as const;
export type LedgerView = (typeof LEDGER_VIEWS)[number];

export const walletParams = { show: parseAsStringLiteral(LEDGER_VIEWS).withDefault('all') };
export const loadWalletParams = createLoader(walletParams);

const KINDS: Readonly<Record<LedgerView, readonly LedgerKind[]>> = {
  all: [],
  calls: ['charge'],
  money: ['grant', 'top_up', 'refund', 'correction'],
};

export function kindsOf(view: LedgerView): readonly LedgerKind[] {
  return KINDS[view];
}
