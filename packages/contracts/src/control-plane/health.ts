import { z } from 'zod';
import { BREAKER_SCOPES, OPEN_CAUSES } from '../fleet-health.js';
import { uuid } from '../ids.js';
import { timestamp } from './fields.js';
import { component } from './registry.js';

/**
 * `operational`: nearly all recent attempts were answered; `degraded`: some were not; `down`: most were not; `quiet`:
 * nobody has asked lately.
 */
export const HEALTH_STATES = ['operational', 'degraded', 'down', 'quiet'] as const;
export const healthState = z.enum(HEALTH_STATES);
export type HealthState = z.infer<typeof healthState>;

const perMillion = z.int().min(0).max(1_000_000).nullable();

/** What everybody may see: shares and speeds, and no numbers of calls. */
export const statusFigures = component(
  'StatusFigures',
  z.object({
    uptimePpm: perMillion,
    errorPpm: perMillion,
    firstTokenP50Ms: z.number().nullable(),
    firstTokenP95Ms: z.number().nullable(),
    tokensPerSecondP50: z.number().nullable(),
  }),
);
export type StatusFigures = z.infer<typeof statusFigures>;

const windows = z.object({
  '5m': statusFigures.nullable(),
  '1h': statusFigures.nullable(),
  '24h': statusFigures.nullable(),
});

export const providerStatus = component(
  'ProviderStatus',
  z.object({ providerId: z.string(), providerName: z.string(), state: healthState, windows }),
);
export type ProviderStatus = z.infer<typeof providerStatus>;

export const targetStatus = component(
  'TargetStatus',
  z.object({
    providerId: z.string(),
    modelId: z.string(),
    modelName: z.string(),
    state: healthState,
    windows,
  }),
);
export type TargetStatus = z.infer<typeof targetStatus>;

/** Health of the platform's providers over all tenants; what nobody has asked for in a day is not in it. */
export const platformStatus = component(
  'PlatformStatus',
  z.object({
    madeAt: timestamp,
    providers: z.array(providerStatus),
    targets: z.array(targetStatus),
  }),
);
export type PlatformStatus = z.infer<typeof platformStatus>;

export const openBreaker = component(
  'OpenBreaker',
  z.object({
    /** As gateways name it: `<scope>:<id>`. */
    name: z.string(),
    scope: z.enum(BREAKER_SCOPES),
    cause: z.enum(OPEN_CAUSES),
    /** The outcome that opened it. */
    detail: z.string(),
    /** Its time is over: the next call tries. */
    waitsForProbe: z.boolean(),
    since: timestamp,
    until: timestamp,
    /** How often in a row it was opened. */
    times: z.int(),
    entryId: z.string(),
    /** Null for an entry or a credential that is gone, or not the platform's. */
    providerId: z.string().nullable(),
    providerName: z.string().nullable(),
    region: z.string().nullable(),
    /** Of a target. */
    offerId: z.string().nullable(),
    credentialId: uuid.nullable(),
    credentialHint: z.string().nullable(),
  }),
);
export type OpenBreaker = z.infer<typeof openBreaker>;

export const fleetHealth = component(
  'FleetHealth',
  z.object({ readAt: timestamp, breakers: z.array(openBreaker) }),
);
export type FleetHealth = z.infer<typeof fleetHealth>;

export const closeBreakerInput = z.strictObject({ name: z.string().min(1).max(1_000) });
export type CloseBreakerInput = z.infer<typeof closeBreakerInput>;
