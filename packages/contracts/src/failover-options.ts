import { z } from 'zod';

/** How a call is failed over, as requests and policies say it: the same words and bounds in both. */

/** The longest that a gateway lets any clock run: one hour. */
export const MAX_CLOCK_MS = 3_600_000;

/** A day, so that the gateway names the bound itself. */
const requestClockMs = z.int().positive().max(86_400_000);

export const clockFields = {
  connectMs: requestClockMs.optional(),
  headersMs: requestClockMs.optional(),
  firstTokenMs: requestClockMs.optional(),
  gapMs: requestClockMs.optional(),
  totalMs: requestClockMs.optional(),
};

/**
 * Whether another target goes on with a stream that breaks off (default: yes); with an object, also how much of its
 * beginning is held back, so that a target that breaks off early is replaced unseen, and whether a target of another
 * model of the plan may go on (default: yes).
 */
export const rescueOption = z.union([
  z.boolean(),
  z.strictObject({
    holdBackTokens: z.int().min(0).max(10_000).optional(),
    holdBackMs: z.int().min(0).max(60_000).optional(),
    otherModels: z.boolean().optional(),
  }),
]);

/** Whether a second target is asked while the first is slow; with `afterMs`, when. */
export const hedgeOption = z.union([z.boolean(), z.strictObject({ afterMs: z.int().min(1).max(600_000) })]);

/** Outcomes that may be named in `alsoOn`. An empty answer fails over whether it is named or not. */
export const ALSO_ON = ['empty', 'invalid_output'] as const;
export const alsoOnOption = z.array(z.enum(ALSO_ON)).max(ALSO_ON.length);

/** When a waiting client hears of us first: after 15 s of silence, or with the commit. */
export const keepAliveOption = z.enum(['early', 'commit']);
