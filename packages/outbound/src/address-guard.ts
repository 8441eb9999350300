import { BlockList, isIP } from 'node:net';
import { isInwardAddress } from '@trunkline/contracts';

/** A connection that was not made, since its address is not one of the public Internet. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
  readonly code = 'ERR_ADDRESS_NOT_PUBLIC';

  constructor(host: string) {
    super(`${host} is no address of the public Internet`);
  }
}

const NETWORK = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i;

/**
 * Says which addresses may be connected to on a tenant's word: globally routable unicast ones, and the networks that the
 * operator allows besides.
 */
export class AddressGuard {
  private readonly allowedV4 = new BlockList();
  private readonly allowedV6 = new BlockList();

  /**
   * @param allowedNetworks such as `10.0.0.0/8` or `fd00::/8`; an address stands for itself alone
   * @throws RangeError naming a network that is none
   */
  constructor(allowedNetworks: readonly string[] = []) {
    for (const network of allowedNetworks) {
      const [, address = '', bits] = NETWORK.exec(network) ?? [];
      const family = isIP(address);
      const most = family === 4 ? 32 : 128;
      if (family === 0 || Number(bits ?? 0) > most) throw new RangeError(`${network} is no network`);
      const list = family === 4 ? this.allowedV4 : this.allowedV6;
      list.addSubnet(address, bits === undefined ? most : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    }
  }

  /** @param address an IP address in the notation of the system, not a name */
  allows(address: string): boolean {
    if (!isInwardAddress(address)) return true;
    switch (isIP(address)) {
      case 4:
        return this.allowedV4.check(address, 'ipv4');
      case 6:
        return this.allowedV6.check(address, 'ipv6');
      default:
        return false;
    }
  }

  /** Whether a URL may be stored: its host is a name, or an address that is allowed. What a name means is checked later. */
  allowsUrl(url: URL): boolean {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return isIP(host) === 0 ? host !== '' : this.allows(host);
  }
}
