import { RowSkeletons } from '@/components/states/row-skeletons';

export default function StatusLoading() {
  return (
    <div aria-busy="true">
      <h1 className="mb-5">Status</h1>
      <span role="status" className="sr-only">
        Loading…
      </span>
      <RowSkeletons rows={12} />
    </div>
  );
}
