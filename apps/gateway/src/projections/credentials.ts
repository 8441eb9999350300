import type { ProviderEntryProjection } from '@trunkline/contracts';
import { decryptSecret, type MasterKeys } from '@trunkline/secrets';

/** Provider credentials in plain text: in memory, and nowhere else. */
export class Credentials {
  private plain = new Map<string, { ciphertext: string; secret: string }>();

  /** @param onUnreadable hears of credentials that no master key at hand opens; they count as unknown */
  constructor(
    private readonly keys: MasterKeys,
    private readonly onUnreadable: (credentialId: string, error: unknown) => void,
  ) {}

  get(id: string): string | null {
    return this.plain.get(id)?.secret ?? null;
  }

  replace(entries: readonly ProviderEntryProjection[]): void {
    const next = new Map<string, { ciphertext: string; secret: string }>();
    for (const { id, ciphertext } of entries.flatMap((entry) => entry.credentials)) {
      const known = this.plain.get(id);
      if (known?.ciphertext === ciphertext) next.set(id, known);
      else this.decryptInto(next, id, ciphertext);
    }
    this.plain = next;
  }

  private decryptInto(
    next: Map<string, { ciphertext: string; secret: string }>,
    id: string,
    ciphertext: string,
  ): void {
    try {
      next.set(id, { ciphertext, secret: decryptSecret(ciphertext, this.keys, id) });
    } catch (error) {
      this.onUnreadable(id, error);
    }
  }
}
