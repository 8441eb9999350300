'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog as Primitive } from 'radix-ui';
import { useEffect, useState, type ReactNode } from 'react';
import { PALETTE_EVENT } from '@/lib/palette';

const ITEM =
  'flex h-9 cursor-pointer items-center gap-2 rounded-sm px-2.5 text-sm select-none data-[selected=true]:bg-accent-wash';

export interface PaletteItem {
  /** Unique; the search matches it, the label where it is text, and the keywords. */
  id: string;
  label: ReactNode;
  keywords?: readonly string[];
  /** Where it leads. */
  href: string;
}

/** ⌘K: everything that has an address, found by typing. */
export function Palette({
  groups,
  onOpen,
}: {
  groups: readonly { heading: string; items: readonly PaletteItem[] }[];
  onOpen?: () => void;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => {
      setOpen(true);
      onOpen?.();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      show();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener(PALETTE_EVENT, show);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(PALETTE_EVENT, show);
    };
  }, [onOpen]);
  const go = (href: string) => {
    setOpen(false);
    router.push(href);
  };
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-lg border border-rule bg-paper-raised shadow-(--shadow)"
        >
          <Primitive.Title className="sr-only">Go to…</Primitive.Title>
          <Command label="Go to" loop>
            <Command.Input
              placeholder="A page, a model, a key…"
              className="h-11 w-full border-b border-rule bg-transparent px-4 text-sm outline-none placeholder:text-ink-muted"
            />
            <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5">
              <Command.Empty className="px-2.5 py-6 text-center text-sm text-ink-muted">
                Nothing by that name.
              </Command.Empty>
              {groups.map(({ heading, items }) => (
                <Command.Group
                  key={heading}
                  heading={heading}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-muted"
                >
                  {items.map(({ id, label, keywords, href }) => (
                    <Command.Item
                      key={id}
                      value={typeof label === 'string' ? `${id} ${label}` : id}
                      {...(keywords ? { keywords: [...keywords] } : {})}
                      onSelect={() => go(href)}
                      className={ITEM}
                    >
                      {label}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
