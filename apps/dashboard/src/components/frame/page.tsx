import type { ReactNode } from 'react';
import { cn } from '@/lib/class-names';

/** Head and body of a page. `wide` pages, which are tables, run to the window's edge. */
export function Page({
  title,
  lead,
  actions,
  wide = false,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={cn('px-4 pt-5 pb-16 sm:px-6', wide ? '' : 'max-w-6xl')}>
      <div className="mb-5 flex min-h-9 flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1>{title}</h1>
          {lead ? <p className="mt-0.5 max-w-2xl text-sm text-ink-muted">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}

/** A part of a page under a hairline rule. */
export function Section({
  title,
  actions,
  className,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={cn('min-w-0 border-t border-rule pt-3', className)}>
      <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
