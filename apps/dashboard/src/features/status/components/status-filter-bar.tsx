'use client';

import { Search } from 'lucide-react';
import { Input, NativeSelect } from '@/components/ui/field';

export function StatusFilterBar({
  q,
  provider,
  providers,
  onChange,
}: {
  q: string;
  provider: string;
  providers: readonly { id: string; name: string }[];
  onChange: (change: { q?: string; provider?: string }) => void;
}) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-56 flex-1">
        <Search className="absolute top-2.5 left-3 size-4 text-ink-muted" aria-hidden />
        <Input
          type="search"
          aria-label="Search models"
          placeholder="Search by model or provider"
          defaultValue={q}
          onChange={(event) => onChange({ q: event.target.value })}
          className="pl-9"
        />
      </div>
      <NativeSelect
        aria-label="Provider"
        value={provider}
        onChange={(event) => onChange({ provider: event.target.value })}
        className="w-auto max-w-52"
      >
        <option value="">Every provider</option>
        {providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}
