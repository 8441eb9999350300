'use client';

import { useState } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  type MouseHandlerDataParam,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

export interface Series {
  id: string;
  label: string;
  colour: string;
  /** One per interval; null where there is nothing to say. */
  values: readonly (number | null)[];
}

interface ChartProps {
  /** What is drawn, for those who cannot see it. */
  label: string;
  /** `stack` adds up, `lines` does not. */
  kind: 'stack' | 'lines';
  series: readonly Series[];
  /** What stands under the axis, one per interval. */
  intervals: readonly string[];
  say: (value: number) => string;
  /** Called with the first and last interval of a stretch that was drawn over. */
  onZoom: (first: number, last: number) => void;
}

/** Until the browser has measured the place, which is held by the height of what is around it. */
const FIRST_SIZE = { width: 560, height: 200 };
const AXIS_TEXT = { fontSize: 11, fill: 'var(--ink-muted)' };

/** What stands beside the pointer; `active` and `label` come from the chart. */
function Bubble({
  active = false,
  label: place,
  intervals,
  series,
  say,
}: {
  active?: boolean;
  label?: number;
  intervals: readonly string[];
  series: readonly Series[];
  say: ChartProps['say'];
}) {
  if (!active || place === undefined) return null;
  const shown = series.filter(({ values }) => (values[place] ?? 0) > 0);
  return (
    <div className="w-max max-w-72 rounded-md border border-rule bg-paper-raised px-2.5 py-1.5 text-xs shadow-(--shadow)">
      <p className="mb-0.5 font-medium">{intervals[place]}</p>
      {shown.length === 0 ? <p className="text-ink-muted">nothing</p> : null}
      <ul>
        {shown.map(({ id, label, colour, values }) => (
          <li key={id} className="flex items-center gap-2">
            <span aria-hidden className="h-1 w-3 rounded-full" style={{ background: colour }} />
            <span className="truncate text-ink-muted">{label}</span>
            <span className="ml-auto pl-3 tabular-nums">{say(values[place] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The stretch of intervals that a pressed pointer draws. */
function useStretch(onZoom: ChartProps['onZoom']) {
  const [stretch, setStretch] = useState<readonly [number, number] | null>(null);
  const placeOf = ({ activeTooltipIndex }: MouseHandlerDataParam): number | null =>
    activeTooltipIndex === null || activeTooltipIndex === undefined ? null : Number(activeTooltipIndex);
  const sorted = stretch && ([Math.min(...stretch), Math.max(...stretch)] as const);
  return {
    stretch: sorted && sorted[0] < sorted[1] ? sorted : null,
    handlers: {
      onMouseDown: (at: MouseHandlerDataParam) => {
        const place = placeOf(at);
        setStretch(place === null ? null : [place, place]);
      },
      onMouseMove: (at: MouseHandlerDataParam) => {
        const place = placeOf(at);
        if (stretch && place !== null && place !== stretch[1]) setStretch([stretch[0], place]);
      },
      onMouseLeave: () => setStretch(null),
      onMouseUp: () => {
        if (sorted && sorted[0] < sorted[1]) onZoom(sorted[0], sorted[1]);
        setStretch(null);
      },
    },
  };
}

/** A chart over time; a stretch that is drawn over is zoomed to. */
export function Chart({ label, kind, series, intervals, say, onZoom }: ChartProps) {
  const { stretch, handlers } = useStretch(onZoom);
  const places = intervals.map((interval, place) => ({ place, interval }));
  const valueAt =
    ({ values }: Series) =>
    (row: { place: number }) =>
      values[row.place] ?? null;
  return (
    <div role="img" aria-label={label} className="h-50 cursor-crosshair touch-pan-y select-none">
      <ResponsiveContainer initialDimension={FIRST_SIZE} width="100%" height="100%">
        <ComposedChart
          data={places}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          barCategoryGap="12%"
          accessibilityLayer={false}
          {...handlers}
        >
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          <XAxis
            dataKey="place"
            tickFormatter={(place: number) => intervals[place] ?? ''}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={{ stroke: 'var(--rule-strong)' }}
            minTickGap={48}
          />
          <YAxis
            width={56}
            tickFormatter={say}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            tickCount={5}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--ink)', fillOpacity: 0.05, stroke: 'none' }}
            content={<Bubble intervals={intervals} series={series} say={say} />}
          />
          {series.map((one) =>
            kind === 'stack' ? (
              <Bar
                key={one.id}
                name={one.label}
                dataKey={valueAt(one)}
                stackId="all"
                fill={one.colour}
                isAnimationActive={false}
              />
            ) : (
              <Line
                key={one.id}
                name={one.label}
                dataKey={valueAt(one)}
                stroke={one.colour}
                strokeWidth={2}
                type="linear"
                dot={{ r: 1.5, fill: one.colour, stroke: 'none' }}
                isAnimationActive={false}
              />
            ),
          )}
          {stretch ? (
            <ReferenceArea
              x1={stretch[0]}
              x2={stretch[1]}
              fill="var(--accent)"
              fillOpacity={0.1}
              stroke="var(--accent)"
            />
          ) : null}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
