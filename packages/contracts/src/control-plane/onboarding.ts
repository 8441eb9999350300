import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { timestamp } from './fields.js';
import { component } from './registry.js';

export const onboarding = component(
  'Onboarding',
  z.object({
    firstKeyAt: timestamp.nullable(),
    /** The oldest call of the organization; null as long as none has arrived. */
    firstCall: z
      .object({
        id: uuid,
        createdAt: timestamp,
        status: z.int(),
        requestedModel: z.string(),
        costNanoUsd: nanoUsdString,
      })
      .nullable(),
  }),
);
export type Onboarding = z.infer<typeof onboarding>;
