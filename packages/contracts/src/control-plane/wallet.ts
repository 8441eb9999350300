import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { oneOrMore, timestamp } from './fields.js';
import { pageOf, pageQuery } from './paging.js';
import { component } from './registry.js';

export const LEDGER_KINDS = ['charge', 'grant', 'top_up', 'refund', 'correction'] as const;

export const wallet = component(
  'Wallet',
  z.object({
    id: uuid,
    balanceNanoUsd: nanoUsdString,
    creditedNanoUsd: nanoUsdString,
    chargedNanoUsd: nanoUsdString,
    /** Mean of the last seven days, or of the days since the first call when there are fewer. */
    spendPerDayNanoUsd: nanoUsdString,
    /** When the balance ends at that pace; null without spend, or when it is more than ten years away. */
    runsOutAt: timestamp.nullable(),
  }),
);
export type Wallet = z.infer<typeof wallet>;

export const ledgerEntry = component(
  'LedgerEntry',
  z.object({
    transactionId: uuid,
    /** Order of the ledger. */
    sequence: z.string(),
    kind: z.enum(LEDGER_KINDS),
    /** The call's id where `kind` is `charge`. */
    sourceId: z.string(),
    description: z.string().nullable(),
    /** Positive adds to the wallet. */
    amountNanoUsd: nanoUsdString,
    createdAt: timestamp,
  }),
);
export type LedgerEntry = z.infer<typeof ledgerEntry>;
export const ledgerEntryPage = pageOf('LedgerEntryPage', ledgerEntry);

export const listLedgerEntriesQuery = pageQuery.extend({ kind: oneOrMore(z.enum(LEDGER_KINDS)).optional() });
export type ListLedgerEntriesQuery = z.infer<typeof listLedgerEntriesQuery>;
