import { durationText } from '@/lib/format-number';
import { lineColour } from '@/lib/provider-line';
import { trackLabel } from './track-label';
import {
  describeTrack,
  layOutTrack,
  spliceWords,
  trackSpanMs,
  trackTicks,
  type TrackAttempt,
  type TrackStretch,
} from './track-layout';

/** Of the drawing on a desk and on a phone: its letters are as large on both. */
const WIDTHS = { desk: 640, phone: 358 } as const;
const LANE_HEIGHT = 46;
const LEFT = 8;
const RIGHT = 12;
const TOP = 32;

type Scale = (share: number) => number;

const scaleOf =
  (width: number): Scale =>
  (share) =>
    LEFT + share * (width - LEFT - RIGHT);
const y = (lane: number) => TOP + lane * LANE_HEIGHT;

const SIGNAL_COLOURS = { stop: 'var(--signal-red)', idle: 'var(--ink-muted)' } as const;

/**
 * The switch: where the call left the line that failed for the next one, or, dashed, where a second line was taken beside
 * one that was slow.
 */
function Switch({ x, from, to }: { x: Scale; from: TrackStretch; to: TrackStretch }) {
  const isHedge = to.reason === 'hedge';
  const leave = isHedge ? x(to.from) : x(from.to);
  const arrive = Math.max(x(to.from), leave);
  const top = y(from.lane);
  const foot = y(to.lane);
  return (
    <path
      d={`M${leave} ${top} V${foot - 14} Q${leave} ${foot} ${Math.min(arrive + 14, x(1))} ${foot}`}
      fill="none"
      stroke={lineColour(to.providerId)}
      strokeWidth={2}
      strokeDasharray={isHedge ? '4 3' : undefined}
    />
  );
}

/** The splice: here the text of this line follows that of the one before. */
function Splice({ at, top, colour, words }: { at: number; top: number; colour: string; words: string }) {
  return (
    <g>
      <path
        d={`M${at} ${top - 9} l9 9 l-9 9 l-9 -9 z`}
        fill="var(--paper-raised)"
        stroke={colour}
        strokeWidth={2.5}
      />
      <title>{words}</title>
    </g>
  );
}

function Stretch({ x, stretch }: { x: Scale; stretch: TrackStretch }) {
  const colour = stretch.signal === 'line' ? lineColour(stretch.providerId) : SIGNAL_COLOURS[stretch.signal];
  const at = y(stretch.lane);
  // What it delivered before it broke off stands in the answer: that far the line carried.
  const carried = stretch.committed && !stretch.arrived ? stretch.firstToken : null;
  return (
    <g>
      <line x1={x(stretch.from)} x2={x(stretch.to)} y1={at} y2={at} stroke={colour} strokeWidth={5} />
      {carried === null ? null : (
        <line
          x1={x(carried)}
          x2={x(stretch.to)}
          y1={at}
          y2={at}
          stroke={lineColour(stretch.providerId)}
          strokeWidth={5}
        />
      )}
      <circle
        cx={x(stretch.from)}
        cy={at}
        r={5}
        fill="var(--paper-raised)"
        stroke={colour}
        strokeWidth={2.5}
      />
      {stretch.firstToken === null ? null : stretch.splice ? (
        <Splice at={x(stretch.firstToken)} top={at} colour={colour} words={spliceWords(stretch)} />
      ) : (
        <g>
          <line
            x1={x(stretch.firstToken)}
            x2={x(stretch.firstToken)}
            y1={at - 8}
            y2={at + 8}
            stroke={colour}
            strokeWidth={2}
          />
          <title>first token</title>
        </g>
      )}
      {stretch.arrived ? (
        <circle cx={x(stretch.to)} cy={at} r={6} fill={colour} />
      ) : (
        // A buffer stop: the line ends here.
        <path d={`M${x(stretch.to)} ${at - 8}v16`} stroke={colour} strokeWidth={4} />
      )}
    </g>
  );
}

function LaneLabel({ x, stretch, width }: { x: Scale; stretch: TrackStretch; width: number }) {
  // A stretch that begins late is named at its left, so that its name does not leave the drawing.
  const toLeft = stretch.from > 0.55;
  const beside = stretch.lane === 0 ? -4 : 10;
  const room = toLeft ? x(stretch.from) - 10 : width - x(stretch.from) - beside;
  return (
    <text
      x={toLeft ? x(stretch.from) - 10 : x(stretch.from) + beside}
      y={toLeft ? y(stretch.lane) + 4 : y(stretch.lane) - 13}
      textAnchor={toLeft ? 'end' : 'start'}
      className="fill-ink text-[13px] font-medium"
    >
      {stretch.providerId}
      <tspan
        dx={8}
        className={stretch.signal === 'stop' ? 'fill-signal-red font-normal' : 'fill-ink-muted font-normal'}
      >
        {trackLabel(stretch, room)}
      </tspan>
    </text>
  );
}

function Axis({ x, spanMs, top, bottom }: { x: Scale; spanMs: number; top: number; bottom: number }) {
  return (
    <g>
      {trackTicks(spanMs).map((tickMs) => (
        <g key={tickMs}>
          <line
            x1={x(tickMs / spanMs)}
            x2={x(tickMs / spanMs)}
            y1={top}
            y2={bottom}
            stroke="var(--rule)"
            strokeWidth={1}
          />
          <text
            x={x(tickMs / spanMs)}
            y={bottom + 13}
            textAnchor={tickMs === 0 ? 'start' : tickMs / spanMs > 0.95 ? 'end' : 'middle'}
            className="fill-ink-muted text-[11px] tabular-nums"
          >
            {tickMs === 0
              ? '0'
              : durationText(tickMs)
                  .replace('.00', '')
                  .replace(/(\.\d)0 /, '$1 ')}
          </text>
        </g>
      ))}
    </g>
  );
}

interface TrackProps {
  attempts: readonly TrackAttempt[];
  totalMs: number;
}

function Drawing({
  attempts,
  totalMs,
  size,
  className,
}: TrackProps & { size: keyof typeof WIDTHS; className: string }) {
  const width = WIDTHS[size];
  const x = scaleOf(width);
  const stretches = layOutTrack(attempts, totalMs);
  const bottom = TOP + (Math.max(1, stretches.length) - 1) * LANE_HEIGHT + 18;
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 18}`} aria-hidden className={className}>
      <Axis x={x} spanMs={trackSpanMs(attempts, totalMs)} top={8} bottom={bottom} />
      {stretches.map((stretch, index) => {
        const next = stretches[index + 1];
        return next ? <Switch key={`switch-${stretch.number}`} x={x} from={stretch} to={next} /> : null;
      })}
      {stretches.map((stretch) => (
        <Stretch key={stretch.number} x={x} stretch={stretch} />
      ))}
      {stretches.map((stretch) => (
        <LaneLabel key={`label-${stretch.number}`} x={x} stretch={stretch} width={width} />
      ))}
    </svg>
  );
}

/**
 * The attempts of a call as track: a stub in signal red where one failed, the switch, the line that carried it home,
 * each stretch as long as it took; a cross tick marks the first token, a diamond where an answer that had broken off goes
 * on.
 */
export function Track({ attempts, totalMs }: TrackProps) {
  return (
    <div role="img" aria-label={describeTrack(attempts)} data-testid="track">
      <Drawing attempts={attempts} totalMs={totalMs} size="desk" className="w-full max-sm:hidden" />
      <Drawing attempts={attempts} totalMs={totalMs} size="phone" className="w-full sm:hidden" />
    </div>
  );
}
