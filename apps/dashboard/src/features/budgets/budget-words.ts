import type { Schemas } from '@/lib/api';

type Budget = Schemas['Budget'];

export const SCOPE_WORDS: Readonly<Record<Budget['scope'], string>> = {
  organization: 'The organization',
  project: 'A project',
  key: 'A key',
  member: 'A member',
};

export const PERIOD_WORDS: Readonly<Record<Budget['period'], string>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  total: 'in all',
};
