'use client';

import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import type { Schemas } from '@/lib/api';
import { shortUsd } from '@/lib/format-money';

type Model = Schemas['CatalogModel'];

const price = (nanoUsd: string | null) => (nanoUsd === null ? '–' : shortUsd(nanoUsd));

/** Chooses a model by typing a part of its name. */
export function ModelPicker({
  models,
  onChoose,
  children,
}: {
  models: readonly Model[];
  onChoose: (modelId: string) => void;
  /** What opens it. */
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          className="z-50 w-[min(30rem,calc(100vw-1.5rem))] overflow-hidden rounded-lg border border-rule bg-paper-raised shadow-(--shadow)"
        >
          <Command label="Models" loop>
            <Command.Input
              placeholder="Search models"
              className="h-10 w-full border-b border-rule bg-transparent px-3 text-sm outline-none placeholder:text-ink-muted"
            />
            <Command.List className="max-h-80 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-sm text-ink-muted">
                No model by that name can be called here.
              </Command.Empty>
              {models.map(({ id, name, inputNanoUsdPerMillion, outputNanoUsdPerMillion }) => (
                <Command.Item
                  key={id}
                  value={`${id} ${name}`}
                  onSelect={() => {
                    onChoose(id);
                    setOpen(false);
                  }}
                  className="flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-paper-sunken"
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{name}</span>
                    <span className="block truncate text-2xs text-ink-muted">{id}</span>
                  </span>
                  <span className="text-right text-2xs whitespace-nowrap text-ink-muted tabular-nums">
                    {price(inputNanoUsdPerMillion)} in
                    <br />
                    {price(outputNanoUsdPerMillion)} out
                  </span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
