import type { Platform } from './platform.js';

/** Gateway processes of a platform; they have their own ports in a row. */
const PROCESSES = 2;

/** What earlier faults taught the gateways about providers is forgotten: one that was down would be left alone. */
export async function closeBreakers({ ports }: Pick<Platform, 'ports'>): Promise<void> {
  for (let slot = 0; slot < PROCESSES; slot += 1) {
    const response = await fetch(`http://127.0.0.1:${ports.gatewayAdminBase + slot}/breakers`, {
      method: 'DELETE',
    });
    if (!response.ok) throw new Error(`slot ${slot} answered ${response.status}`);
  }
}
