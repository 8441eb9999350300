import { z } from 'zod';
import { timestamp } from './fields.js';
import { component } from './registry.js';

/** Sent to the gateway as `Authorization: Bearer pt-tl-…`; its calls are logged and billed as the member's. */
export const playgroundToken = component(
  'PlaygroundToken',
  z.object({ token: z.string(), expiresAt: timestamp }),
);
export type PlaygroundToken = z.infer<typeof playgroundToken>;
