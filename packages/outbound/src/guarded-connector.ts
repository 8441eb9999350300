import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressGuard, BlockedAddressError } from './address-guard.js';

export interface GuardedConnectorOptions {
  readonly guard: AddressGuard;
  readonly timeoutMs: number;
  /** Replaces the system's resolver, in tests. */
  readonly resolve?: (
    hostname: string,
    options: LookupOptions & { all: true },
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void;
}

/**
 * Opens connections for URLs that tenants give. The addresses that a name resolves to are checked in the look-up of the
 * very connection, so that what was checked is what is connected to; a name with one address that is not allowed is
 * refused as a whole. Each new connection, also after a redirect, is checked anew.
 */
export function guardedConnector({
  guard,
  timeoutMs,
  resolve = lookup,
}: GuardedConnectorOptions): buildConnector.connector {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !guard.allows(address)))
        return callback(new BlockedAddressError(hostname), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    // Nothing is looked up for an address.
    if (isIP(host) !== 0 && !guard.allows(host))
      return queueMicrotask(() => callback(new BlockedAddressError(host), null));
    return connect(target, callback);
  };
}
