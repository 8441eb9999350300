/** Keys per provider; a provider that is not named takes `sim-<providerId>-<number>`. */
export type ProviderKeys = Readonly<Record<string, readonly string[]>>;

/** Whether a provider takes this key. */
export function acceptsKey(keys: ProviderKeys, providerId: string, key: string | undefined): boolean {
  if (key === undefined) return false;
  const configured = Object.hasOwn(keys, providerId) ? keys[providerId] : undefined;
  if (configured !== undefined) return configured.includes(key);
  const prefix = `sim-${providerId}-`;
  return key.startsWith(prefix) && /^\d{1,9}$/u.test(key.slice(prefix.length));
}
