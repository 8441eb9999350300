'use client';

import { Search } from 'lucide-react';
import { Input, NativeSelect } from '@/components/ui/field';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import { CAPABILITIES, type ModelFilter } from '../model-list';

export function ModelFilterBar({
  filter,
  kinds,
  providers,
  onChange,
}: {
  filter: ModelFilter;
  kinds: readonly string[];
  providers: readonly string[];
  onChange: (change: Partial<ModelFilter>) => void;
}) {
  const select = 'w-auto max-w-44';
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <div className="relative min-w-56 flex-1">
        <Search className="absolute top-2.5 left-3 size-4 text-ink-muted" aria-hidden />
        <Input
          type="search"
          aria-label="Search models"
          placeholder="Search by name or id"
          defaultValue={filter.q}
          onChange={(event) => onChange({ q: event.target.value })}
          className="pl-9"
        />
      </div>
      <NativeSelect
        aria-label="Kind"
        value={filter.kind}
        onChange={(event) => onChange({ kind: event.target.value })}
        className={select}
      >
        <option value="">Every kind</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {kind}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label="Provider"
        value={filter.provider}
        onChange={(event) => onChange({ provider: event.target.value })}
        className={select}
      >
        <option value="">Every provider</option>
        {providers.map((provider) => (
          <option key={provider} value={provider}>
            {provider}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label="Capability"
        value={filter.can}
        onChange={(event) => onChange({ can: event.target.value })}
        className={select}
      >
        <option value="">Every capability</option>
        {CAPABILITIES.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </NativeSelect>
      <label htmlFor="all-models" className="flex items-center gap-2 text-sm whitespace-nowrap">
        <ToggleSwitch id="all-models" checked={filter.all} onCheckedChange={(all) => onChange({ all })} />
        Also without a provider here
      </label>
    </div>
  );
}
