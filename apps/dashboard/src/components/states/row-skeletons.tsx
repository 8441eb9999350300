import { Skeleton } from '@/components/ui/skeleton';

/** Rows of a table that is being loaded, as high as they will be. */
export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  return (
    <div className="border-t border-rule-strong">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b border-rule">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-12" />
        </div>
      ))}
    </div>
  );
}
