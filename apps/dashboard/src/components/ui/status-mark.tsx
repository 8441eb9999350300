import type { ReactNode } from 'react';
import { cn } from '@/lib/class-names';

export type Signal = 'clear' | 'caution' | 'stop' | 'idle';

const LOOK: Record<Signal, { text: string; shape: ReactNode }> = {
  clear: { text: 'text-signal-green', shape: <circle cx="5" cy="5" r="4" /> },
  caution: { text: 'text-signal-amber', shape: <path d="M5 0.8 9.5 9H.5Z" /> },
  stop: { text: 'text-signal-red', shape: <path d="M1 1h8v8H1Z" /> },
  idle: {
    text: 'text-ink-faint',
    shape: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  },
};

/** A state as shape, colour and word: round is clear, a triangle is caution, a square is stop. */
export function StatusMark({
  signal,
  children,
  className,
}: {
  signal: Signal;
  children: ReactNode;
  className?: string;
}) {
  const { text, shape } = LOOK[signal];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', text, className)}>
      <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" fill="currentColor" aria-hidden>
        {shape}
      </svg>
      <span className="min-w-0">{children}</span>
    </span>
  );
}
