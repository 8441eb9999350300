import { durationText } from '@/lib/format-number';
import { lineColour } from '@/lib/provider-line';
import {
  describeTrack,
  layOutTrack,
  trackSpanMs,
  trackTicks,
  type TrackAttempt,
  type TrackStretch,
} from './track-layout';

const WIDTH = 640;
const LANE_HEIGHT = 46;
const LEFT = 8;
const RIGHT = 12;
const TOP = 32;

const x = (share: number) => LEFT + share * (WIDTH - LEFT - RIGHT);
const y = (lane: number) => TOP + lane * LANE_HEIGHT;

/** The switch: where the call left the line that failed for the next one. */
function Switch({ from, to }: { from: TrackStretch; to: TrackStretch }) {
  const leave = x(from.to);
  const arrive = Math.max(x(to.from), leave);
  const top = y(from.lane);
  const foot = y(to.lane);
  return (
    <path
      d={`M${leave} ${top} V${foot - 14} Q${leave} ${foot} ${Math.min(arrive + 14, WIDTH - RIGHT)} ${foot}`}
      fill="none"
      stroke={lineColour(to.providerId)}
      strokeWidth={2}
    />
  );
}

function Stretch({ stretch }: { stretch: TrackStretch }) {
  const colour = stretch.arrived ? lineColour(stretch.providerId) : 'var(--signal-red)';
  const at = y(stretch.lane);
  return (
    <g>
      <line x1={x(stretch.from)} x2={x(stretch.to)} y1={at} y2={at} stroke={colour} strokeWidth={5} />
      <circle
        cx={x(stretch.from)}
        cy={at}
        r={5}
        fill="var(--paper-raised)"
        stroke={colour}
        strokeWidth={2.5}
      />
      {stretch.firstToken === null ? null : (
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

function LaneLabel({ stretch }: { stretch: TrackStretch }) {
  // A stretch that begins late is named at its left, so that its name does not leave the drawing.
  const toLeft = stretch.from > 0.55;
  const beside = stretch.lane === 0 ? -4 : 10;
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
        className={stretch.arrived ? 'fill-ink-muted font-normal' : 'fill-signal-red font-normal'}
      >
        {stretch.outcomeWords} · {durationText(stretch.durationMs)}
        {stretch.arrived && stretch.firstTokenMs !== null
          ? ` · first token ${durationText(stretch.firstTokenMs)}`
          : ''}
      </tspan>
    </text>
  );
}

function Axis({ spanMs, top, bottom }: { spanMs: number; top: number; bottom: number }) {
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

/**
 * The attempts of a call as track: a stub in signal red where one failed, the switch, the line that carried it home,
 * each stretch as long as it took; a cross tick marks the first token.
 */
export function Track({ attempts, totalMs }: { attempts: readonly TrackAttempt[]; totalMs: number }) {
  const stretches = layOutTrack(attempts, totalMs);
  const bottom = TOP + (Math.max(1, stretches.length) - 1) * LANE_HEIGHT + 18;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${bottom + 18}`}
      role="img"
      aria-label={describeTrack(attempts)}
      data-testid="track"
      className="w-full"
    >
      <Axis spanMs={trackSpanMs(attempts, totalMs)} top={8} bottom={bottom} />
      {stretches.map((stretch, index) => {
        const next = stretches[index + 1];
        return next ? <Switch key={`switch-${stretch.number}`} from={stretch} to={next} /> : null;
      })}
      {stretches.map((stretch) => (
        <Stretch key={stretch.number} stretch={stretch} />
      ))}
      {stretches.map((stretch) => (
        <LaneLabel key={`label-${stretch.number}`} stretch={stretch} />
      ))}
    </svg>
  );
}
