'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/lib/class-names';

/** Pages below a page, as tabs that are links. */
export function SubNav({
  base,
  pages,
  label,
}: {
  base: string;
  pages: readonly { page: string; label: string }[];
  label: string;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="mb-6 flex gap-5 overflow-x-auto border-b border-rule">
      {pages.map(({ page, label: name }) => {
        const href = `${base}/${page}`;
        const active = pathname === href;
        return (
          <Link
            key={page}
            href={href}
            aria-current={active ? 'page' : undefined}
            className={cn(
              '-mb-px border-b-2 py-2 text-sm whitespace-nowrap',
              active
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-ink-muted hover:text-ink',
            )}
          >
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
