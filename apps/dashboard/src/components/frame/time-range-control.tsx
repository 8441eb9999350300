'use client';

import { CalendarRange, ChevronDown } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { Popover } from 'radix-ui';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { cn } from '@/lib/class-names';
import { momentText } from '@/lib/format-time';
import { useReaderClock } from '@/lib/reader-clock';
import { sharedParams } from '@/lib/scope';
import { RANGE_PRESETS, rangeOf, resolveRange } from '@/lib/time-range';

/** `2026-11-21T14:05`, as an input for local times wants it. */
function localInput(iso: string): string {
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function OwnRange({ range, onChoose }: { range: string; onChoose: (range: string) => void }) {
  const { from, to } = resolveRange(range);
  const [error, setError] = useState<string | null>(null);
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const start = new Date(String(form.get('from')));
    const end = new Date(String(form.get('to')));
    if (!(start < end)) setError('The end has to come after the start.');
    else onChoose(rangeOf(start, end));
  };
  return (
    <form onSubmit={choose} className="flex flex-col gap-3 border-t border-rule p-3">
      <Field id="range-from" label="From">
        <Input id="range-from" name="from" type="datetime-local" defaultValue={localInput(from)} required />
      </Field>
      <Field id="range-to" label="To" error={error}>
        <Input id="range-to" name="to" type="datetime-local" defaultValue={localInput(to)} required />
      </Field>
      <Button type="submit" size="sm">
        Show this time
      </Button>
    </form>
  );
}

/** The one time range, the same on every page. */
export function TimeRangeControl() {
  const [{ range }, setParams] = useQueryStates(sharedParams);
  const [open, setOpen] = useState(false);
  const { timeZone } = useReaderClock();
  const preset = RANGE_PRESETS.find(({ key }) => key === range);
  const { from, to } = resolveRange(range);
  const label =
    preset?.label ?? `${momentText(new Date(from), timeZone)} – ${momentText(new Date(to), timeZone)}`;
  const choose = (next: string) => {
    void setParams({ range: next });
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button aria-label={`Time range: ${label}`}>
          <CalendarRange aria-hidden />
          {label}
          <ChevronDown aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          className="z-50 w-64 rounded-lg border border-rule bg-paper-raised shadow-(--shadow)"
        >
          <ul className="p-1">
            {RANGE_PRESETS.map(({ key, label: name }) => (
              <li key={key}>
                <button
                  type="button"
                  onClick={() => choose(key)}
                  aria-pressed={key === range}
                  className={cn(
                    'flex h-8 w-full items-center rounded-sm px-2 text-sm hover:bg-paper-sunken',
                    key === range && 'bg-accent-wash font-medium text-accent',
                  )}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
          <OwnRange key={range} range={range} onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
