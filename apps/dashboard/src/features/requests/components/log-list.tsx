'use client';

import { ProviderChip } from '@/components/data/provider-chip';
import { Money } from '@/components/ui/money';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';
import { durationText } from '@/lib/format-number';
import { statusSignal } from '../call-words';

/** The log on a phone: two lines a call. */
export function LogList({
  rows,
  onChoose,
}: {
  rows: readonly Schemas['Call'][];
  onChoose: (callId: string) => void;
}) {
  return (
    <ul>
      {rows.map((call) => (
        <li key={call.id} className="border-b border-rule">
          <button
            type="button"
            onClick={() => onChoose(call.id)}
            className="flex w-full flex-col gap-0.5 py-2.5 text-left"
          >
            <span className="flex w-full items-center justify-between gap-3 text-sm">
              <span className="truncate font-medium">{call.modelId ?? call.requestedModel}</span>
              <Money nanoUsd={call.costNanoUsd} />
            </span>
            <span className="flex w-full items-center justify-between gap-3 text-xs text-ink-muted">
              <span className="flex items-center gap-3">
                <StatusMark signal={statusSignal(call.status)}>{call.status}</StatusMark>
                {call.providerId ? <ProviderChip providerId={call.providerId} /> : null}
                {call.failedOver ? <span>{call.attemptCount} attempts</span> : null}
              </span>
              <span className="whitespace-nowrap tabular-nums">
                {durationText(call.durationMs)} · <Time value={call.createdAt} as="second" />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
