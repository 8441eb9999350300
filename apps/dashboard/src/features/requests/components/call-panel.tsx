'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ProviderChip } from '@/components/data/provider-chip';
import { Loaded } from '@/components/states/loaded';
import { Track } from '@/components/track/track';
import { Button } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import { Skeleton } from '@/components/ui/skeleton';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { countText, durationText } from '@/lib/format-number';
import { useWorkspace } from '@/lib/workspace';
import { callQuery } from '../api/call-query';
import { outcomeWords, statusSignal } from '../call-words';
import { AttemptTable } from './attempt-table';
import { CallFacts } from './call-facts';
import { CallMessages } from './call-messages';
import { CopyAsCurl } from './copy-as-curl';
import { CostLines } from './cost-lines';

type Detail = Schemas['CallDetail'];

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-rule px-4 py-3 sm:px-5">
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Summary({ call }: { call: Detail }) {
  const speed =
    // What comes in one piece has no speed.
    call.stream &&
    call.firstTokenMs !== null &&
    call.durationMs > call.firstTokenMs &&
    call.completionTokens > 1
      ? ((call.completionTokens - 1) / (call.durationMs - call.firstTokenMs)) * 1_000
      : null;
  const facts: [string, ReactNode][] = [
    ['Cost', <Money key="cost" nanoUsd={call.costNanoUsd} />],
    ['Took', durationText(call.durationMs)],
    ['First token', durationText(call.firstTokenMs)],
    ['Tokens', `${countText(call.promptTokens)} → ${countText(call.completionTokens)}`],
    ['Speed', speed === null ? '–' : `${Math.round(speed)} tok/s`],
  ];
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2 px-4 pb-4 sm:grid-cols-5 sm:px-5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-2xs text-ink-muted">{name}</dt>
          <dd className="text-sm font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Head({ call, onClose }: { call: Detail | undefined; onClose: () => void }) {
  return (
    <header className="flex items-start gap-3 px-4 pt-3 pb-3 sm:px-5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate">{call ? (call.modelId ?? call.requestedModel) : 'Request'}</h2>
        {call ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
            <StatusMark signal={statusSignal(call.status)}>
              {call.status} {call.errorCode ?? ''}
            </StatusMark>
            {call.providerId ? <ProviderChip providerId={call.providerId} /> : null}
            {call.failedOver ? (
              <span className="font-medium text-signal-green">saved by failover</span>
            ) : null}
            <span>
              <Time value={call.createdAt} as="date" />, <Time value={call.createdAt} as="second" />
            </span>
          </p>
        ) : (
          <Skeleton className="mt-1 h-3 w-48" />
        )}
      </div>
      {call ? <CopyAsCurl call={call} /> : null}
      <Button variant="quiet" size="icon" aria-label="Close the detail" onClick={onClose}>
        <X aria-hidden />
      </Button>
    </header>
  );
}

function Body({ call }: { call: Detail }) {
  return (
    <>
      <Summary call={call} />
      <Part title={call.attempts.length > 1 ? `The track: ${call.attempts.length} attempts` : 'The track'}>
        {call.attempts.length === 0 ? (
          <p className="text-sm text-ink-muted">
            No provider was tried: {call.errorCode ?? 'the call ended before'}.
          </p>
        ) : (
          <Track
            totalMs={call.durationMs}
            attempts={call.attempts.map((attempt) => ({
              ...attempt,
              outcomeWords: outcomeWords(attempt.outcome),
            }))}
          />
        )}
        {call.attempts.length > 0 ? <AttemptTable attempts={call.attempts} /> : null}
      </Part>
      <Part title="Messages">
        <CallMessages call={call} />
      </Part>
      <Part title="Cost">
        <CostLines call={call} />
      </Part>
      <Part title="Facts">
        <CallFacts call={call} />
      </Part>
    </>
  );
}

/** One call, at the side of the log; a page of its own on a phone. */
export function CallPanel({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { organization } = useWorkspace();
  const query = useQuery(callQuery(browserApi, organization.id, callId));
  return (
    <aside
      aria-label="Detail of the request"
      data-testid="call-panel"
      className="fixed inset-0 z-30 overflow-y-auto bg-paper-raised lg:sticky lg:inset-auto lg:top-4 lg:z-0 lg:max-h-[calc(100dvh-2rem)] lg:rounded-lg lg:border lg:border-rule"
    >
      <Head call={query.data} onClose={onClose} />
      <Loaded
        query={query}
        skeleton={
          <div className="flex flex-col gap-4 p-5">
            <Skeleton className="h-8" />
            <Skeleton className="h-28" />
            <Skeleton className="h-40" />
          </div>
        }
      >
        {(call) => <Body call={call} />}
      </Loaded>
    </aside>
  );
}
