'use client';

import {
  clockText,
  dateText,
  dayText,
  distanceText,
  momentText,
  secondText,
  utcText,
} from '@/lib/format-time';
import { useReaderClock } from '@/lib/reader-clock';

const TEXT = {
  date: dateText,
  day: dayText,
  clock: clockText,
  second: secondText,
  moment: momentText,
} as const;

/** A time in the reader's zone; UTC on hover. */
export function Time({ value, as = 'moment' }: { value: string; as?: keyof typeof TEXT }) {
  const { timeZone } = useReaderClock();
  const time = new Date(value);
  return (
    <time dateTime={value} title={utcText(time)}>
      {TEXT[as](time, timeZone)}
    </time>
  );
}

/** How long ago, or how far ahead; UTC on hover. */
export function Ago({ value }: { value: string }) {
  const { now } = useReaderClock();
  const time = new Date(value);
  return (
    <time dateTime={value} title={utcText(time)}>
      {distanceText(time, now)}
    </time>
  );
}
