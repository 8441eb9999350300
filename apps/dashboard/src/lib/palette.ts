/** Said by whoever wants the command palette open; the palette listens. */
export const PALETTE_EVENT = 'trunkline:palette';

export function openPalette(): void {
  window.dispatchEvent(new Event(PALETTE_EVENT));
}
