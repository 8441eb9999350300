import { Skeleton } from '@/components/ui/skeleton';
import { RowSkeletons } from './row-skeletons';

/** While the server asks for what a page shows. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className="px-4 pt-5 pb-16 sm:px-6">
      <span role="status" className="sr-only">
        Loading the page…
      </span>
      <div className="mb-5 flex h-9 items-center">
        <Skeleton className="h-6 w-40" />
      </div>
      <RowSkeletons rows={12} />
    </div>
  );
}
