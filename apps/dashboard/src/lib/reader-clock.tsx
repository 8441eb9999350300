'use client';

import { createContext, use, useEffect, useState, type ReactNode } from 'react';

interface ReaderClock {
  timeZone: string;
  now: Date;
}

const TICK_MS = 20_000;

const ClockContext = createContext<ReaderClock>({ timeZone: 'UTC', now: new Date(0) });

/**
 * The reader's time zone and the time, first as the server said them, so that the browser's first render is the same;
 * then as the browser knows them.
 */
export function ReaderClockProvider({
  timeZone,
  nowMs,
  children,
}: {
  timeZone: string;
  nowMs: number;
  children: ReactNode;
}) {
  const [clock, setClock] = useState<ReaderClock>({ timeZone, now: new Date(nowMs) });
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone || timeZone;
    const tick = () => setClock({ timeZone: own, now: new Date() });
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [timeZone]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export function useReaderClock(): ReaderClock {
  return use(ClockContext);
}
