import { cn } from '@/lib/class-names';
import { lineColour } from '@/lib/provider-line';

/** A provider by its line: a stretch of its colour, and its id. */
export function ProviderChip({ providerId, className }: { providerId: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <span aria-hidden className="h-1 w-3 rounded-full" style={{ background: lineColour(providerId) }} />
      {providerId}
    </span>
  );
}
