import type { Signal } from '@/components/ui/status-mark';
import { lineColour } from '@/lib/provider-line';
import { signalOf, uptimeText, type Windows } from '../status-words';

const STATIONS = [
  { window: '24h', words: '24 hours', x: 10 },
  { window: '1h', words: '1 hour', x: 60 },
  { window: '5m', words: '5 minutes', x: 110 },
] as const;

const COLOUR: Readonly<Record<Signal, string>> = {
  clear: 'var(--signal-green)',
  caution: 'var(--signal-amber)',
  stop: 'var(--signal-red)',
  idle: 'var(--ink-faint)',
};

function Station({ x, signal }: { x: number; signal: Signal }) {
  const fill = COLOUR[signal];
  if (signal === 'stop') return <path d={`M${x - 5} 5h10v10h-10Z`} fill={fill} />;
  if (signal === 'caution') return <path d={`M${x} 3.5 ${x + 6.5} 15.5h-13Z`} fill={fill} />;
  if (signal === 'clear') return <circle cx={x} cy="10" r="5" fill={fill} />;
  return <circle cx={x} cy="10" r="4.5" fill="var(--paper)" stroke={fill} strokeWidth="1.5" />;
}

/** A provider's line from a day ago to now: round stations ran well, a triangle had trouble, at a square it stood still. */
export function HealthLine({ providerId, windows }: { providerId: string; windows: Windows }) {
  const words = STATIONS.map(
    ({ window, words: span }) => `${span} ${uptimeText(windows[window]?.uptimePpm ?? null)}`,
  );
  return (
    <svg
      viewBox="0 0 120 20"
      className="h-5 w-30 shrink-0"
      role="img"
      aria-label={`Uptime over ${words.join(', ')}`}
    >
      <path d="M10 10H110" stroke={lineColour(providerId)} strokeWidth="3" />
      {STATIONS.map(({ window, x }) => (
        <Station key={window} x={x} signal={signalOf(windows[window]?.uptimePpm ?? null)} />
      ))}
    </svg>
  );
}
