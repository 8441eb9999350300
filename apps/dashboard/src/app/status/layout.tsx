import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/frame/wordmark';

/** For anybody: no rail, and no question who is logged in. */
export default function StatusLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-6xl px-4 pt-5 pb-16 sm:px-6">
      <header className="mb-6 flex items-center justify-between border-b border-rule pb-4">
        <Link href="/status" className="rounded-sm" aria-label="Trunkline, status">
          <Wordmark />
        </Link>
        <Link href="/" className="text-sm text-accent hover:underline">
          Dashboard
        </Link>
      </header>
      <main>{children}</main>
    </div>
  );
}
