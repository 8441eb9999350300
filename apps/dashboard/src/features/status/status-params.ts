import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const STATUS_WINDOWS = ['5m', '1h', '24h'] as const;
export type StatusWindow = (typeof STATUS_WINDOWS)[number];

export const WINDOW_WORDS: Readonly<Record<StatusWindow, string>> = {
  '5m': '5 minutes',
  '1h': '1 hour',
  '24h': '24 hours',
};

/** What the page is narrowed by, in the URL. */
export const statusParams = {
  q: parseAsString.withDefault(''),
  provider: parseAsString.withDefault(''),
  over: parseAsStringLiteral(STATUS_WINDOWS).withDefault('1h'),
};
