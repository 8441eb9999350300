'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ListFilter, X } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { browserApi } from '@/lib/api';
import { keysQuery } from '@/lib/queries/keys-query';
import { modelsQuery } from '@/lib/queries/models-query';
import { useWorkspace } from '@/lib/workspace';
import { FILTER_FIELDS, fieldOf, splitTyped } from '../filters/filter-fields';
import {
  countFilters,
  FILTER_NAMES,
  withFilter,
  withoutFilter,
  type FilterName,
  type Filters,
} from '../filters/filters';
import { suggest, type SuggestContext, type Suggestion } from '../filters/suggest';

/** Names that suggestions and chips need; asked for when the bar is first used, or when a chip names a key. */
function useSuggestContext(wanted: boolean): SuggestContext {
  const { organization } = useWorkspace();
  const models = useQuery({ ...modelsQuery(browserApi, organization.id), enabled: wanted });
  const keys = useQuery({
    ...keysQuery(browserApi, { organizationId: organization.id, projectId: null }),
    enabled: wanted,
  });
  return useMemo(
    () => ({
      models: (models.data ?? []).map(({ id }) => id),
      providers: [...new Set((models.data ?? []).flatMap(({ providerIds }) => providerIds))].sort(),
      keys: (keys.data?.items ?? []).map(({ id, name }) => ({ id, name })),
    }),
    [models.data, keys.data],
  );
}

function Chip({
  name,
  value,
  label,
  onRemove,
}: {
  name: FilterName;
  value: string;
  label: string;
  onRemove: () => void;
}) {
  const field = fieldOf(name);
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-accent-wash pr-0.5 pl-2 text-xs whitespace-nowrap">
      <span className="text-ink-muted">{field?.label}</span>
      <span className="truncate font-medium" title={value}>
        {label}
      </span>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove the filter ${field?.label} ${label}`}
        className="flex size-5 items-center justify-center rounded-sm text-ink-muted hover:bg-paper hover:text-ink"
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  );
}

const suggestionKey = (one: Suggestion) =>
  one.kind === 'field' ? `field ${one.typed}` : `${one.name} ${one.value}`;

function SuggestionLine({ one }: { one: Suggestion }) {
  if (one.kind === 'field') {
    return (
      <>
        <span className="w-36 font-medium">{one.typed}:</span>
        <span className="truncate text-ink-muted">{one.example}</span>
      </>
    );
  }
  return (
    <>
      <span className="w-36 text-ink-muted">{fieldOf(one.name)?.label}</span>
      <span className="truncate font-medium">{one.label}</span>
    </>
  );
}

/** Filters as chips: typed as `status:5xx`, or chosen from what is suggested. */
export function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const context = useSuggestContext(open || filters.key.length > 0);
  const suggestions = open ? suggest(text, context) : [];

  const add = (name: FilterName, value: string) => {
    onChange(withFilter(filters, name, value));
    setText('');
    // What was found is to be seen; typing on opens the suggestions again.
    setOpen(false);
    setProblem(null);
  };
  const choose = (one: Suggestion) => {
    if (one.kind === 'value') return add(one.name, one.value);
    setText(`${one.typed}:`);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'ArrowDown') setOpen(true);
    if (event.key === 'Backspace' && text === '') {
      const name = FILTER_NAMES.findLast((one) => filters[one].length > 0);
      const value = name && filters[name].at(-1);
      if (name && value) onChange(withoutFilter(filters, name, value));
    }
    if (event.key === 'Enter' && suggestions.length === 0 && text !== '') {
      const { field } = splitTyped(text);
      setProblem(field ? `${field.label} is written as ${field.typed}:${field.example}` : null);
    }
  };
  const labelOf = (name: FilterName, value: string) =>
    name === 'key'
      ? (context.keys.find(({ id }) => id === value)?.name ?? '…')
      : (fieldOf(name)?.say(value) ?? value);

  return (
    <div className="min-w-0 flex-1 max-sm:basis-full">
      <Command shouldFilter={false} label="Filter the log" className="relative" loop>
        <div className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-md border border-rule-strong bg-paper-raised px-2 py-1 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
          <ListFilter className="size-4 text-ink-muted" aria-hidden />
          {FILTER_FIELDS.flatMap(({ name }) =>
            filters[name].map((value) => (
              <Chip
                key={`${name} ${value}`}
                name={name}
                value={value}
                label={labelOf(name, value)}
                onRemove={() => onChange(withoutFilter(filters, name, value))}
              />
            )),
          )}
          <Command.Input
            ref={input}
            value={text}
            onValueChange={(next) => {
              setText(next);
              setProblem(null);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
            placeholder={
              countFilters(filters) === 0 ? 'Filter: status:5xx, provider:openai, cost:>0.01…' : ''
            }
            className="h-6 min-w-40 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-muted"
          />
        </div>
        {/* Always there, because the input names it as what it controls. */}
        <Command.List
          hidden={suggestions.length === 0}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto rounded-lg border border-rule bg-paper-raised p-1 shadow-(--shadow)"
        >
          {suggestions.map((one) => (
            <Command.Item
              key={suggestionKey(one)}
              value={suggestionKey(one)}
              onMouseDown={(event) => event.preventDefault()}
              onSelect={() => choose(one)}
              className="flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-paper-sunken"
            >
              <SuggestionLine one={one} />
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-signal-red">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
