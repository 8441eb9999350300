'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryState, useQueryStates } from 'nuqs';
import { Chart } from '@/components/chart/chart';
import { Loaded } from '@/components/states/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { browserApi, type Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { useReaderClock } from '@/lib/reader-clock';
import { sharedParams } from '@/lib/scope';
import { rangeOf } from '@/lib/time-range';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath } from '@/lib/workspace';
import { SERIES_DIMENSIONS, usageSeriesQuery, type SeriesDimension } from '../api/usage-series-query';
import { chartSeries, intervalLabels } from '../chart-series';
import { CHART_MEASURES, MEASURES, type ChartMeasure } from '../measures';
import { chartParams, type ChartPlace } from '../params';

const INTERVAL_MS = { '15m': 900_000, hour: 3_600_000, day: 86_400_000 } as const;

function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      className="-ml-1.5 h-7 [field-sizing:content] rounded-md border border-transparent bg-transparent pr-1 pl-1.5 text-[0.9375rem] font-semibold text-ink hover:border-rule-strong"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} className="bg-paper-raised text-sm font-normal">
          {option.label}
        </option>
      ))}
    </select>
  );
}

function Legend({
  usage,
  by,
  measure,
}: {
  usage: Schemas['UsageSeries'];
  by: SeriesDimension;
  measure: ChartMeasure;
}) {
  const path = useOrganizationPath();
  const { range } = useScope();
  const { value, say } = MEASURES[measure];
  const series = chartSeries(usage, by, measure);
  const linked = by === 'provider' || by === 'model' || by === 'key';
  return (
    <ul className="mt-3 ml-14 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {usage.groups.map(({ id, total }, place) => {
        const one = series[place];
        const amount = value(total);
        if (!one) return null;
        const body = (
          <>
            <span aria-hidden className="h-1 w-3 rounded-full" style={{ background: one.colour }} />
            <span className="truncate">{one.label}</span>
            <span className="whitespace-nowrap text-ink-muted tabular-nums">
              {amount === null ? '–' : say(amount)}
            </span>
          </>
        );
        const look = 'inline-flex max-w-64 items-center gap-1.5';
        return (
          <li key={id} className="min-w-0">
            {linked && id !== '' && id !== 'other' && !id.startsWith('00000000-') ? (
              <Link
                className={cn(look, 'rounded-sm hover:underline')}
                href={`${path('requests')}?${by}=${encodeURIComponent(id)}&range=${encodeURIComponent(range)}`}
              >
                {body}
              </Link>
            ) : (
              <span className={look}>{body}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** One chart: what it measures and what it is split by are chosen in its title and kept in the URL. */
export function UsageChart({ place }: { place: ChartPlace }) {
  const { scope, range } = useScope();
  const { timeZone } = useReaderClock();
  const names = chartParams[place];
  const [measure, setMeasure] = useQueryState(names.measureKey, names.measure);
  const [by, setBy] = useQueryState(names.byKey, names.by);
  const [, setShared] = useQueryStates(sharedParams);
  const query = useQuery({
    ...usageSeriesQuery(browserApi, { scope, range, by, timeZone }),
    placeholderData: keepPreviousData,
  });
  const words = MEASURES[measure];
  return (
    <section className="min-w-0">
      <h2 className="mb-3 flex items-center gap-1 text-ink-muted">
        <Choice
          label="Measure"
          value={measure}
          options={CHART_MEASURES.map((one) => ({ value: one, label: MEASURES[one].label }))}
          onChange={(next) => void setMeasure(next)}
        />
        <span className="mr-1.5 text-[0.9375rem] font-normal">by</span>
        <Choice
          label="Split by"
          value={by}
          options={SERIES_DIMENSIONS.map((one) => ({ value: one, label: one }))}
          onChange={(next) => void setBy(next)}
        />
      </h2>
      <Loaded query={query} skeleton={<Skeleton className="ml-14 h-44" />}>
        {(usage) => (
          <div className={cn('transition-opacity', query.isPlaceholderData && 'opacity-60')}>
            <Chart
              label={`${words.label} by ${by} over time`}
              kind={words.kind}
              series={chartSeries(usage, by, measure)}
              intervals={intervalLabels(usage, timeZone)}
              say={words.say}
              onZoom={(first, last) => {
                const from = usage.starts[first];
                const to = usage.starts[last];
                if (from && to)
                  void setShared({
                    range: rangeOf(new Date(from), new Date(Date.parse(to) + INTERVAL_MS[usage.interval])),
                  });
              }}
            />
            <Legend usage={usage} by={by} measure={measure} />
          </div>
        )}
      </Loaded>
    </section>
  );
}
