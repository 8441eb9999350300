import { cn } from '@/lib/class-names';

/** Holds the place of what is being loaded, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-sm bg-paper-sunken', className)} />;
}
