import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { oneOrMore, timestamp } from './fields.js';
import { component } from './registry.js';

/** What usage can be split by. */
export const USAGE_DIMENSIONS = ['model', 'provider', 'project', 'key', 'member'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

export const USAGE_INTERVALS = ['15m', 'hour', 'day'] as const;
export type UsageInterval = (typeof USAGE_INTERVALS)[number];

const name = z.string().min(1).max(200);
const usageRange = z.strictObject({
  from: timestamp,
  to: timestamp,
  projectId: uuid.optional(),
  model: oneOrMore(name).optional(),
  provider: oneOrMore(name).optional(),
  keyId: oneOrMore(uuid).optional(),
  memberId: oneOrMore(uuid).optional(),
});

const measures = {
  calls: z.int(),
  errors: z.int(),
  /** Calls answered although an attempt failed. */
  failedOver: z.int(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  cachedTokens: z.int(),
  reasoningTokens: z.int(),
  costNanoUsd: nanoUsdString,
  /** Interpolated inside the histogram's bounds; null without a first token. */
  firstTokenP50Ms: z.number().nullable(),
  firstTokenP95Ms: z.number().nullable(),
  durationP50Ms: z.number().nullable(),
  durationP95Ms: z.number().nullable(),
};

export const usageMeasures = component('UsageMeasures', z.object(measures));
export type UsageMeasures = z.infer<typeof usageMeasures>;

export const overviewQuery = usageRange;
export type OverviewQuery = z.infer<typeof overviewQuery>;

export const overview = component(
  'Overview',
  z.object({
    from: timestamp,
    to: timestamp,
    current: usageMeasures,
    /** The period of the same length before. */
    previous: usageMeasures,
  }),
);
export type Overview = z.infer<typeof overview>;

export const usageSeriesQuery = usageRange.extend({
  by: z.enum([...USAGE_DIMENSIONS, 'none']).default('none'),
  /** Chosen by the length of the range when missing. */
  interval: z.enum(USAGE_INTERVALS).optional(),
  /** Groups with the most spend; the rest is summed as `other`. */
  top: z.coerce.number().int().min(1).max(20).default(8),
  /** IANA name; days begin at midnight there. */
  timeZone: z.string().min(1).max(64).default('UTC'),
});
export type UsageSeriesQuery = z.infer<typeof usageSeriesQuery>;

export const usageSeries = component(
  'UsageSeries',
  z.object({
    from: timestamp,
    to: timestamp,
    interval: z.enum(USAGE_INTERVALS),
    /** Starts of all intervals, those without calls as well. */
    starts: z.array(timestamp),
    /** By spend, most first; `other` last. With `by=none` one group with an empty id. */
    groups: z.array(z.object({ id: z.string(), label: z.string(), total: usageMeasures })),
    /** Only where there were calls. */
    points: z.array(z.object({ start: timestamp, groupId: z.string(), ...measures })),
  }),
);
export type UsageSeries = z.infer<typeof usageSeries>;

export const usageBreakdownQuery = usageRange.extend({
  by: z.enum(USAGE_DIMENSIONS),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type UsageBreakdownQuery = z.infer<typeof usageBreakdownQuery>;

export const usageBreakdown = component(
  'UsageBreakdown',
  z.object({
    /** By spend, most first. */
    rows: z.array(z.object({ id: z.string(), label: z.string(), ...measures })),
    total: usageMeasures,
  }),
);
export type UsageBreakdown = z.infer<typeof usageBreakdown>;
