import { Injectable } from '@nestjs/common';
import type { WalletStanding } from '@trunkline/wallet-state';

/** Hears where a wallet stands in every answer that Redis gives to a request: who settles compares it. */
@Injectable()
export class WalletStandings {
  private listener: ((walletId: string, standing: WalletStanding) => void) | null = null;

  listen(listener: (walletId: string, standing: WalletStanding) => void): void {
    this.listener = listener;
  }

  heard(walletId: string, standing: WalletStanding): void {
    this.listener?.(walletId, standing);
  }
}
