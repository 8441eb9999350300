'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { cn } from '@/lib/class-names';
import type { Stretch } from './stations';

/** Range and project go along from page to page; a page's own filters stay behind. */
const KEPT = ['range', 'project'];

function useKeptSearch(): string {
  const search = useSearchParams();
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = search.get(name);
    if (value) kept.set(name, value);
  }
  const text = kept.toString();
  return text ? `?${text}` : '';
}

/** The pages as stations of a line; the one where the reader is, is filled. */
export function Rail({
  base,
  stretches,
  label,
}: {
  base: string;
  stretches: readonly Stretch[];
  label: string;
}) {
  const pathname = usePathname();
  const search = useKeptSearch();
  return (
    <nav aria-label={label} className="px-3">
      {stretches.map((stretch, index) => (
        <ul key={stretch[0]?.page} className={cn('relative', index > 0 && 'mt-3')}>
          <span aria-hidden className="absolute top-4 bottom-4 left-[0.9375rem] w-0.5 bg-rule-strong" />
          {stretch.map(({ page, label: name }) => {
            const href = `${base}/${page}`;
            const active = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <li key={page}>
                <Link
                  href={`${href}${search}`}
                  aria-current={active ? 'page' : undefined}
                  className={cn(
                    'group relative flex h-8 items-center gap-3 rounded-md pr-2 pl-2.5 text-sm',
                    active ? 'font-medium text-ink' : 'text-ink-muted hover:text-ink',
                  )}
                >
                  <span
                    aria-hidden
                    className={cn(
                      'z-10 size-3 rounded-full border-2 transition-colors',
                      active
                        ? 'border-accent bg-accent'
                        : 'border-rule-strong bg-paper-sunken group-hover:border-ink-muted',
                    )}
                  />
                  {name}
                </Link>
              </li>
            );
          })}
        </ul>
      ))}
    </nav>
  );
}
