'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProviderChip } from '@/components/data/provider-chip';
import { FailureNote } from '@/components/ui/failure-note';
import { NativeSelect } from '@/components/ui/field';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import { browserApi, type Schemas } from '@/lib/api';
import { bareFault, simulatorFaultsQuery, useSetFaults } from '@/lib/queries/simulator-faults';

/** The faults that show failover best, in words; the operators' page has them all. */
const KINDS = [
  { fault: 'status:503', label: 'is down (503)' },
  { fault: 'status:429', label: 'rate limits (429)' },
  { fault: 'refuse', label: 'refuses the connection' },
  { fault: 'no_answer', label: 'never answers' },
  { fault: 'empty_answer', label: 'answers with nothing' },
  { fault: 'reset_mid_stream', label: 'breaks mid-stream' },
  { fault: 'cut', label: 'ends too early' },
  { fault: 'stall', label: 'stands still mid-stream (30 s)' },
  { fault: 'slow_first_token', label: 'is slow to begin' },
] as const;

/** “Make this provider fail”: the simulator's switches of the providers that could answer. */
export function FailSwitches({ providerIds }: { providerIds: readonly string[] }) {
  const { data, error } = useQuery(simulatorFaultsQuery(browserApi));
  const set = useSetFaults();
  const [kind, setKind] = useState<string>(KINDS[0].fault);
  const faults: readonly Schemas['SimulatorFault'][] = data?.items ?? [];
  const change = (providerId: string, fails: boolean) => {
    const others = faults.filter((fault) => fault.provider !== providerId).map(bareFault);
    set.mutate(fails ? [...others, { provider: providerId, fault: kind }] : others);
  };
  const failure = set.error ?? error;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-sm">Make a provider fail</h2>
        <NativeSelect
          aria-label="How it fails"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          className="h-7 w-auto px-2 text-xs"
        >
          {KINDS.map(({ fault, label }) => (
            <option key={fault} value={fault}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </div>
      <ul>
        {providerIds.map((providerId) => {
          const on = faults.find((fault) => fault.provider === providerId);
          return (
            <li
              key={providerId}
              className="flex min-h-9 items-center justify-between gap-3 border-b border-rule text-sm last:border-b-0"
            >
              <label htmlFor={`fail-${providerId}`}>
                <ProviderChip providerId={providerId} />
              </label>
              {on ? <span className="ml-auto truncate text-xs text-signal-red">{on.fault}</span> : null}
              <ToggleSwitch
                id={`fail-${providerId}`}
                checked={on !== undefined}
                onCheckedChange={(fails) => change(providerId, fails)}
                className="data-[state=checked]:border-signal-red data-[state=checked]:bg-signal-red"
              />
            </li>
          );
        })}
      </ul>
      {failure ? <FailureNote error={failure} /> : null}
      <p className="text-xs text-ink-muted">
        The simulator does this for everybody on this installation, until it is switched off.
      </p>
    </div>
  );
}
