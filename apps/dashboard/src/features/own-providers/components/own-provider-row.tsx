'use client';

import { ProviderChip } from '@/components/data/provider-chip';
import { NativeSelect } from '@/components/ui/field';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import type { Schemas } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useChangeOwnProvider, type OwnProviderChange } from '../api/own-providers';
import { KeyPool } from './key-pool';
import { OwnProviderActions } from './own-provider-actions';

type Provider = Schemas['OwnProvider'];

const MODES: readonly { value: Provider['mode']; label: string }[] = [
  { value: 'first', label: 'Own keys, then the platform’s' },
  { value: 'only', label: 'Own keys only' },
];

export function OwnProviderRow({ provider }: { provider: Provider }) {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const change = useChangeOwnProvider(organization.id, provider.id);
  // Controls move at once and go back if the change fails.
  const shown = { ...provider, ...(change.isPending ? change.variables : {}) };
  const apply = (next: OwnProviderChange) =>
    change.mutate(next, { onError: (error) => toastFailure('The provider was not changed', error) });
  return (
    <li className="flex flex-col gap-3 border-b border-rule py-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="min-w-52 flex-1">
          <ProviderChip providerId={provider.providerId} className="font-medium" />
          <p className="mt-0.5 font-mono text-xs break-all text-ink-muted">
            {provider.isEndpoint ? `${provider.protocol} at ${provider.baseUrl}` : provider.baseUrl}
          </p>
        </div>
        <p className="text-xs text-ink-muted">
          {provider.projectName ? `Project ${provider.projectName}` : 'All projects'}
        </p>
        {provider.isEndpoint ? (
          <p className="text-xs text-ink-muted">
            Called as <code className="font-mono">{provider.providerId}/any-model</code>
          </p>
        ) : (
          <NativeSelect
            aria-label={`Which keys calls to ${provider.providerName} use`}
            className="h-8 w-60 text-xs"
            value={shown.mode}
            disabled={!isAdmin}
            onChange={(event) => apply({ mode: event.target.value === 'only' ? 'only' : 'first' })}
          >
            {MODES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        )}
        <div className="flex items-center gap-2">
          <ToggleSwitch
            id={`on-${provider.id}`}
            checked={shown.enabled}
            disabled={!isAdmin}
            onCheckedChange={(enabled) => apply({ enabled })}
          />
          <label htmlFor={`on-${provider.id}`} className="text-xs">
            In use
          </label>
        </div>
        {isAdmin ? <OwnProviderActions provider={provider} /> : null}
      </div>
      <KeyPool provider={provider} />
    </li>
  );
}
