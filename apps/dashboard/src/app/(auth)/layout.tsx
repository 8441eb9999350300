import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/frame/wordmark';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-5 pt-[12dvh] pb-10">
      <main className="w-full max-w-88">
        <Link href="/" className="inline-block rounded-sm" aria-label="Trunkline, home">
          <Wordmark />
        </Link>
        <div className="mt-6 border-t border-rule pt-6">{children}</div>
      </main>
    </div>
  );
}
