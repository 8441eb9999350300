'use client';

import { useState, type PointerEvent } from 'react';
import { cn } from '@/lib/class-names';
import { axisOf, labelPlaces } from './scale';

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

function highestOf({ kind, series, intervals }: Pick<ChartProps, 'kind' | 'series' | 'intervals'>): number {
  const at = (place: number) => series.map(({ values }) => values[place] ?? 0);
  const height = (place: number) =>
    kind === 'stack' ? at(place).reduce((sum, value) => sum + value, 0) : Math.max(0, ...at(place));
  return Math.max(0, ...intervals.map((_, place) => height(place)));
}

/** Bars of one interval on top of each other; the drawing's unit is an interval wide and the axis high. */
function Stack({ series, count, top }: { series: readonly Series[]; count: number; top: number }) {
  const filled = Array.from({ length: count }, () => 0);
  return series.map(({ id, colour, values }) => (
    <g key={id} fill={colour}>
      {values.map((value, place) => {
        if (!value) return null;
        const base = filled[place] ?? 0;
        filled[place] = base + value;
        return <rect key={place} x={place + 0.1} width={0.8} y={top - base - value} height={value} />;
      })}
    </g>
  ));
}

/** Lines with a gap where nothing was measured; a lone point is a dot. */
function Lines({ series, top }: { series: readonly Series[]; top: number }) {
  return series.map(({ id, colour, values }) => {
    let path = '';
    values.forEach((value, place) => {
      if (value === null) return;
      const before = values[place - 1] ?? null;
      const alone = before === null && (values[place + 1] ?? null) === null;
      path += `${before === null ? 'M' : 'L'}${place + 0.5} ${top - value}`;
      if (alone) path += 'h0.01';
    });
    return (
      <path
        key={id}
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth={2}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    );
  });
}

function Bubble({
  place,
  count,
  interval,
  series,
  say,
}: {
  place: number;
  count: number;
  interval: string;
  series: readonly Series[];
  say: ChartProps['say'];
}) {
  const shown = series.filter(({ values }) => (values[place] ?? 0) > 0);
  const share = (place + 0.5) / count;
  return (
    <div
      className="pointer-events-none absolute top-0 z-20 w-max max-w-72 rounded-md border border-rule bg-paper-raised px-2.5 py-1.5 text-xs shadow-(--shadow)"
      style={
        share > 0.5
          ? { right: `calc(${(1 - share) * 100}% + 12px)` }
          : { left: `calc(${share * 100}% + 12px)` }
      }
    >
      <p className="mb-0.5 font-medium">{interval}</p>
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

/** Which interval the pointer is over, and the stretch that it draws. */
function usePointer(count: number, onZoom: ChartProps['onZoom']) {
  const [over, setOver] = useState<number | null>(null);
  const [start, setStart] = useState<number | null>(null);
  const placeOf = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * count)));
  };
  return {
    over,
    stretch:
      start !== null && over !== null && start !== over
        ? ([Math.min(start, over), Math.max(start, over)] as const)
        : null,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setOver(placeOf(event)),
      onPointerDown: (event: PointerEvent<HTMLElement>) => setStart(placeOf(event)),
      onPointerLeave: () => {
        setOver(null);
        setStart(null);
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const end = placeOf(event);
        if (start !== null && start !== end) onZoom(Math.min(start, end), Math.max(start, end));
        setStart(null);
      },
    },
  };
}

/** A chart over time. Drawn on the server as well: it has no size of its own and needs none. */
export function Chart({ label, kind, series, intervals, say, onZoom }: ChartProps) {
  const count = Math.max(1, intervals.length);
  const { top, ticks } = axisOf(highestOf({ kind, series, intervals }));
  const { over, stretch, handlers } = usePointer(count, onZoom);
  return (
    <div role="img" aria-label={label} className="select-none">
      <div className="relative ml-14 h-44 cursor-crosshair touch-pan-y" {...handlers}>
        {ticks.map((tick) => (
          <div
            key={tick}
            className="absolute inset-x-0 border-t border-rule"
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            <span className="absolute -top-2.5 -left-14 w-12 text-right text-2xs text-ink-muted tabular-nums">
              {say(tick)}
            </span>
          </div>
        ))}
        {over !== null && stretch === null ? (
          <div
            className="absolute inset-y-0 bg-ink/5"
            style={{ left: `${(over / count) * 100}%`, width: `${100 / count}%` }}
          />
        ) : null}
        {stretch ? (
          <div
            className="absolute inset-y-0 border-x border-accent bg-accent/10"
            style={{
              left: `${(stretch[0] / count) * 100}%`,
              width: `${((stretch[1] - stretch[0] + 1) / count) * 100}%`,
            }}
          />
        ) : null}
        <svg
          viewBox={`0 0 ${count} ${top}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
          aria-hidden
        >
          {kind === 'stack' ? (
            <Stack series={series} count={count} top={top} />
          ) : (
            <Lines series={series} top={top} />
          )}
        </svg>
        {over === null ? null : (
          <Bubble place={over} count={count} interval={intervals[over] ?? ''} series={series} say={say} />
        )}
      </div>
      <div className="relative mt-1.5 ml-14 h-4 text-2xs text-ink-muted tabular-nums">
        {labelPlaces(count).map((place) => (
          <span
            key={place}
            className={cn('absolute whitespace-nowrap', place > 0 && '-translate-x-1/2')}
            style={{ left: `${((place + (place > 0 ? 0.5 : 0)) / count) * 100}%` }}
          >
            {intervals[place]}
          </span>
        ))}
      </div>
    </div>
  );
}
