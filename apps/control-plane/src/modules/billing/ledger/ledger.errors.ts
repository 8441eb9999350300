/** A charge or grant names a wallet that there is not. */
export class UnknownWalletError extends Error {
  override name = 'UnknownWalletError';

  constructor(readonly walletId: string) {
    super(`there is no wallet ${walletId}`);
  }
}
