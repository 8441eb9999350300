import { Controller } from '@nestjs/common';
import type { LedgerEntry, ListLedgerEntriesQuery, Wallet } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { QueryOf, Route } from '../../http/route.js';
import { getWallet } from './get-wallet.js';
import { listLedgerEntries } from './list-ledger-entries.js';

@Controller()
export class WalletController {
  constructor(private readonly database: Database) {}

  @Route('getWallet')
  get(@CurrentMember() actor: MemberActor): Promise<Wallet> {
    return getWallet(this.database, actor);
  }

  @Route('listLedgerEntries')
  entries(
    @CurrentMember() actor: MemberActor,
    @QueryOf('listLedgerEntries') query: ListLedgerEntriesQuery,
  ): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
    return listLedgerEntries(this.database, actor, query);
  }
}
