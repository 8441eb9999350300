'use client';

import { Menu as MenuIcon, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, SheetContent } from '@/components/ui/dialog';
import { openPalette } from '@/lib/palette';
import { Wordmark } from './wordmark';

function PaletteButton() {
  return (
    <button
      type="button"
      onClick={openPalette}
      className="mx-3 flex h-8 items-center gap-2 rounded-md border border-rule bg-paper px-2.5 text-sm text-ink-muted hover:border-rule-strong hover:text-ink"
    >
      <Search className="size-3.5" aria-hidden />
      <span className="flex-1 text-left">Go to…</span>
      <kbd className="font-sans text-2xs">⌘K</kbd>
    </button>
  );
}

/** On a phone the rail is a sheet, which closes when the page changes. */
function PhoneBar({ home, children }: { home: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-rule bg-paper-sunken px-2 lg:hidden">
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button variant="quiet" size="icon" aria-label="Open the menu">
            <MenuIcon aria-hidden />
          </Button>
        </DialogTrigger>
        <SheetContent side="left" title={<Wordmark />} className="bg-paper-sunken">
          <div className="flex h-full flex-col gap-4 py-3">{children}</div>
        </SheetContent>
      </Dialog>
      <Link href={home} aria-label="Trunkline, home">
        <Wordmark />
      </Link>
      <Button variant="quiet" size="icon" className="ml-auto" aria-label="Go to…" onClick={openPalette}>
        <Search aria-hidden />
      </Button>
    </header>
  );
}

/** Rail at the left, page at the right. */
export function Frame({
  home,
  switcher,
  rail,
  account,
  children,
}: {
  home: string;
  switcher?: ReactNode;
  rail: ReactNode;
  account: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-1.5 focus:text-accent-ink"
      >
        Skip to the page
      </a>
      <PhoneBar home={home}>
        {switcher}
        {rail}
        <div className="mt-auto border-t border-rule px-3 pt-3">{account}</div>
      </PhoneBar>
      <div className="hidden border-r border-rule bg-paper-sunken lg:block">
        <aside className="sticky top-0 flex h-dvh flex-col gap-4 overflow-y-auto pt-4 pb-3">
          <Link href={home} className="mx-5 self-start rounded-sm" aria-label="Trunkline, home">
            <Wordmark />
          </Link>
          {switcher}
          <PaletteButton />
          {rail}
          <div className="mt-auto border-t border-rule px-3 pt-3">{account}</div>
        </aside>
      </div>
      <main id="page" className="min-w-0">
        {children}
      </main>
    </div>
  );
}
