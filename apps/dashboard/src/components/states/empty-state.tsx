import type { ReactNode } from 'react';

/** In place of a list that has nothing yet: what will stand here, and the next step. */
export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex max-w-2xl flex-col items-start gap-3 border-l-2 border-rule-strong py-1 pl-4 text-sm">
      <p className="font-medium">{title}</p>
      {children}
    </div>
  );
}
