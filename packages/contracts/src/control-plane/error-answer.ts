import { z } from 'zod';
import { component } from './registry.js';

/** Every error of the control plane's API. */
export const CONTROL_PLANE_ERROR_CODES = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'untrusted_origin',
  'not_found',
  'method_not_allowed',
  'conflict',
  'request_too_large',
  'unsupported_media_type',
  'rate_limited',
  'email_not_verified',
  'service_unavailable',
  'internal_error',
] as const;
export type ControlPlaneErrorCode = (typeof CONTROL_PLANE_ERROR_CODES)[number];

export const errorAnswer = component(
  'ErrorAnswer',
  z.object({
    error: z.object({
      code: z.enum(CONTROL_PLANE_ERROR_CODES),
      message: z.string(),
      requestId: z.string(),
      /** What is wrong with which field of the request, by dotted path. */
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  }),
);
export type ErrorAnswer = z.infer<typeof errorAnswer>;
