import { providerLine } from '@/lib/provider-line';
import { describeTrack, layOutTrack, type TrackAttempt, type TrackStretch } from './track-layout';

const WIDTH = 640;
const LANE_HEIGHT = 44;
const LEFT = 14;
const RIGHT = 22;

const x = (share: number) => LEFT + share * (WIDTH - LEFT - RIGHT);
const y = (lane: number) => 28 + lane * LANE_HEIGHT;

function lineColour(providerId: string): string {
  const { light, dark } = providerLine(providerId);
  return `light-dark(${light}, ${dark})`;
}

/** The switch: where the call left the line that failed for the next one. */
function Switch({ from, to }: { from: TrackStretch; to: TrackStretch }) {
  const leave = x(from.to);
  const arrive = Math.max(x(to.from), leave + 6);
  const middle = (leave + arrive) / 2;
  return (
    <path
      d={`M${leave} ${y(from.lane)} C${middle} ${y(from.lane)} ${middle} ${y(to.lane)} ${arrive} ${y(to.lane)}`}
      fill="none"
      stroke="var(--rule-strong)"
      strokeWidth={2}
      strokeDasharray="2 3"
    />
  );
}

function Stretch({ stretch }: { stretch: TrackStretch }) {
  const colour = stretch.arrived ? lineColour(stretch.providerId) : 'var(--signal-red)';
  const at = y(stretch.lane);
  return (
    <g>
      <line x1={x(stretch.from)} x2={x(stretch.to)} y1={at} y2={at} stroke={colour} strokeWidth={4} />
      <circle cx={x(stretch.from)} cy={at} r={4.5} fill="var(--paper-raised)" stroke={colour} strokeWidth={2.5} />
      {stretch.firstToken === null ? null : (
        <line x1={x(stretch.firstToken)} x2={x(stretch.firstToken)} y1={at - 7} y2={at + 7} stroke={colour} strokeWidth={2} />
      )}
      {stretch.arrived ? (
        <circle cx={x(stretch.to)} cy={at} r={4.5} fill={colour} />
      ) : (
        <path d={`M${x(stretch.to)} ${at - 7}v14`} stroke={colour} strokeWidth={4} />
      )}
    </g>
  );
}

function LaneLabel({ stretch }: { stretch: TrackStretch }) {
  const end = stretch.arrived ? '' : ` — ${stretch.outcome.replaceAll('_', ' ')}`;
  const toLeft = stretch.from > 0.55;
  return (
    <text
      x={toLeft ? x(stretch.to) : x(stretch.from) - 4}
      y={y(stretch.lane) - 12}
      textAnchor={toLeft ? 'end' : 'start'}
      className="fill-ink text-[11px]"
    >
      {stretch.label}
      <tspan className={stretch.arrived ? 'fill-ink-muted' : 'fill-signal-red'}>
        {end} · {stretch.durationMs} ms
      </tspan>
    </text>
  );
}

/**
 * The attempts of a call as track: a stub in signal red where one failed, the switch, the line that carried it home,
 * each stretch as long as it took; a cross tick marks the first token.
 */
export function Track({ attempts, totalMs }: { attempts: readonly TrackAttempt[]; totalMs: number }) {
  const stretches = layOutTrack(attempts, totalMs);
  const height = 28 + Math.max(1, stretches.length) * LANE_HEIGHT;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={describeTrack(attempts)} className="w-full">
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
      <text x={x(0)} y={height - 6} className="fill-ink-muted text-[10px]">
        0
      </text>
      <text x={x(1)} y={height - 6} textAnchor="end" className="fill-ink-muted text-[10px]">
        {Math.round(totalMs)} ms
      </text>
    </svg>
  );
}
