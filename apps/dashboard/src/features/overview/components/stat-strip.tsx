'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Loaded } from '@/components/states/loaded';
import { Money } from '@/components/ui/money';
import { Skeleton } from '@/components/ui/skeleton';
import { browserApi, type Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { shortUsd } from '@/lib/format-money';
import { countText, durationText, shareText, shortCount } from '@/lib/format-number';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath } from '@/lib/workspace';
import { overviewQuery } from '../api/overview-query';

type Measures = Schemas['UsageMeasures'];

const errorPpm = ({ errors, calls }: Measures) =>
  calls === 0 ? 0 : Math.round((errors / calls) * 1_000_000);

interface Change {
  text: string;
  /** Whether the change is for the worse; null when it is neither. */
  worse: boolean | null;
}

/** A smaller change is noise and gets no colour. */
const NOTEWORTHY = 0.05;

/** How much a figure moved against the period before. */
function changeOf(now: number | null, before: number | null, better: 'less' | 'neither'): Change | null {
  if (now === null || before === null || before === 0) return null;
  const share = (now - before) / before;
  if (Math.abs(share) < 0.005) return { text: 'as before', worse: null };
  const percent =
    Math.abs(share) >= 9.995 ? `×${Math.round(now / before)}` : `${Math.round(Math.abs(share) * 100)}%`;
  const matters = better === 'less' && Math.abs(share) >= NOTEWORTHY;
  return { text: `${share > 0 ? '▲' : '▼'} ${percent}`, worse: matters ? share > 0 : null };
}

function Stat({
  label,
  value,
  change,
  before,
  href,
}: {
  label: string;
  value: ReactNode;
  change: Change | null;
  before: string;
  href?: string;
}) {
  const body = (
    <>
      <span className="block text-xs text-ink-muted">{label}</span>
      <span className="mt-0.5 block text-xl leading-7 font-semibold tracking-tight tabular-nums">
        {value}
      </span>
      <span className="block text-xs text-ink-muted tabular-nums">
        {change ? (
          <>
            <span
              className={cn(
                change.worse === true && 'text-signal-red',
                change.worse === false && 'text-signal-green',
              )}
            >
              {change.text}
            </span>{' '}
            <span className="whitespace-nowrap">from {before}</span>
          </>
        ) : (
          'nothing before'
        )}
      </span>
    </>
  );
  const look =
    'block min-w-0 border-rule py-3 pr-3 pl-4 max-lg:border-b max-lg:pl-0 lg:border-l lg:first:border-l-0 lg:first:pl-0';
  return href ? (
    <Link href={href} className={cn(look, 'hover:bg-paper-sunken')}>
      {body}
    </Link>
  ) : (
    <div className={look}>{body}</div>
  );
}

function Stats({ current: now, previous: before }: Schemas['Overview']) {
  const path = useOrganizationPath();
  const { range } = useScope();
  const requests = (filter: string) => `${path('requests')}?${filter}&range=${encodeURIComponent(range)}`;
  return (
    <>
      <Stat
        label="Spend"
        value={<Money nanoUsd={now.costNanoUsd} />}
        change={changeOf(Number(now.costNanoUsd), Number(before.costNanoUsd), 'neither')}
        before={shortUsd(before.costNanoUsd)}
      />
      <Stat
        label="Requests"
        value={<span title={countText(now.calls)}>{shortCount(now.calls)}</span>}
        change={changeOf(now.calls, before.calls, 'neither')}
        before={shortCount(before.calls)}
      />
      <Stat
        label="Saved by failover"
        value={
          <span className="inline-flex items-center gap-2">
            {shortCount(now.failedOver)}
            <svg viewBox="0 0 36 14" className="h-3.5 w-9" aria-hidden>
              <path d="M1 3.5h11" className="stroke-signal-red" strokeWidth="2.5" />
              <path d="M12 0v7" className="stroke-signal-red" strokeWidth="2.5" />
              <path
                d="M12 3.5c6 0 3 7 9 7h11"
                fill="none"
                className="stroke-signal-green"
                strokeWidth="2.5"
              />
              <circle cx="32" cy="10.5" r="3" className="fill-signal-green" />
            </svg>
          </span>
        }
        change={changeOf(now.failedOver, before.failedOver, 'neither')}
        before={shortCount(before.failedOver)}
        href={requests('failedOver=true')}
      />
      <Stat
        label="Error rate"
        value={shareText(errorPpm(now))}
        change={changeOf(errorPpm(now), errorPpm(before), 'less')}
        before={shareText(errorPpm(before))}
        href={requests('status=4xx,5xx')}
      />
      <Stat
        label="First token, p50"
        value={durationText(now.firstTokenP50Ms)}
        change={changeOf(now.firstTokenP50Ms, before.firstTokenP50Ms, 'less')}
        before={durationText(before.firstTokenP50Ms)}
      />
      <Stat
        label="First token, p95"
        value={durationText(now.firstTokenP95Ms)}
        change={changeOf(now.firstTokenP95Ms, before.firstTokenP95Ms, 'less')}
        before={durationText(before.firstTokenP95Ms)}
      />
    </>
  );
}

/** The figures of the range, each beside that of the period before. */
export function StatStrip() {
  const { scope, range } = useScope();
  const query = useQuery({ ...overviewQuery(browserApi, scope, range), placeholderData: keepPreviousData });
  const grid = 'grid grid-cols-2 border-y border-rule sm:grid-cols-3 lg:grid-cols-6';
  return (
    <Loaded
      query={query}
      skeleton={
        <div className={grid}>
          {Array.from({ length: 6 }, (_, place) => (
            <div key={place} className="flex h-[5.75rem] flex-col justify-center gap-2 pr-3">
              <Skeleton className="h-3 w-16" />
              <Skeleton className="h-6 w-20" />
            </div>
          ))}
        </div>
      }
    >
      {(overview) => (
        <div className={cn(grid, query.isPlaceholderData && 'opacity-60')}>
          <Stats {...overview} />
        </div>
      )}
    </Loaded>
  );
}
