import { cn } from '@/lib/class-names';
import { exactUsd, shortUsd } from '@/lib/format-money';

/** An amount with as many digits as matter; the exact one on hover. */
export function Money({ nanoUsd, className }: { nanoUsd: string; className?: string }) {
  return (
    <span title={exactUsd(nanoUsd)} className={cn('tabular-nums', className)}>
      {shortUsd(nanoUsd)}
    </span>
  );
}
