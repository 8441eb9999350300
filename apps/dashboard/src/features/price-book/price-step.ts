import { countText } from '@/lib/format-number';

/** From here on a change is more likely a slip of the point than a provider's decision. */
const REMARKABLE = 5;

/** How a price moves: `+20 %`, `×3`; remarkable when it is many times more or less. Null where there is none to compare. */
export function priceStep(
  from: string | null,
  to: string | null,
): { readonly text: string; readonly isRemarkable: boolean } | null {
  const [before, after] = [Number(from), Number(to)];
  if (from === null || to === null || before === 0 || !Number.isFinite(after / before)) return null;
  const factor = after / before;
  if (factor >= REMARKABLE) return { text: `×${round(factor)}`, isRemarkable: true };
  if (factor <= 1 / REMARKABLE)
    return { text: factor === 0 ? 'free' : `÷${round(1 / factor)}`, isRemarkable: true };
  const percent = Math.round((factor - 1) * 100);
  return { text: `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`, isRemarkable: false };
}

function round(factor: number): string {
  return factor < 10 ? String(Number(factor.toFixed(1))) : countText(Math.round(factor));
}
