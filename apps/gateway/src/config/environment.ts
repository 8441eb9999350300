import { availableParallelism } from 'node:os';
import { AddressGuard } from '@trunkline/outbound';
import { REQUEST_WAIT_MS } from '@trunkline/wallet-state';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().int().positive();

/** Every variable that the gateway reads; docs/configuration.md is printed from schemas like this one. */
export const environment = z.object({
  NODE_ENV: z.string().default('development').describe('`production` outside of development'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('least severe level that is logged'),
  BIND: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address that the shared port listens on; admin ports stay on loopback'),
  GATEWAY_PORT: port.default(8080).describe('port of the API, shared by all processes of the node'),
  GATEWAY_SLOT: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe("this process' slot on the node; its spool belongs to the slot"),
  GATEWAY_PROCESSES: positive.optional().describe('how many slots the node has; one per core when not set'),
  GATEWAY_ADMIN_PORT_BASE: port
    .default(8100)
    .describe('health and metrics of a slot are on this port plus the slot'),
  GATEWAY_STATE_DIR: z
    .string()
    .min(1)
    .describe('folder of spool, snapshot and node id; must survive a restart'),
  GATEWAY_BODY_MIB: positive.max(512).default(32).describe('largest body of a request, MiB'),
  GATEWAY_BODIES_IN_FLIGHT_MIB: positive
    .default(256)
    .describe('largest sum of bodies that a process holds at a time, MiB; past it 503'),
  GATEWAY_DRAIN_SECONDS: positive.default(600).describe('how long open streams may go on after SIGTERM'),
  GATEWAY_BACKGROUND_RESPONSES: positive
    .max(10_000)
    .default(100)
    .describe('responses that a process runs in the background at a time, half of them for one organization'),
  CONTROL_PLANE_URL: z.url().default('http://127.0.0.1:8081').describe('where the control plane answers'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Postgres'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).describe('Redis, with `noeviction`'),
  GATEWAY_REDIS_WAIT_MS: positive
    .max(10_000)
    .default(REQUEST_WAIT_MS)
    .describe('longest that a call waits for Redis, ms; past it it goes on a small local allowance'),
  ALLOWED_PRIVATE_NETWORKS: z
    .string()
    .default('')
    .transform((text, context) => {
      const networks = text.split(',').flatMap((part) => part.trim() || []);
      try {
        return new AddressGuard(networks);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : 'unreadable');
        return z.NEVER;
      }
    })
    .describe(
      "networks such as `10.0.0.0/8`, with commas, that tenants' own endpoints may be in; public addresses always are",
    ),
  TRUNKLINE_MASTER_KEY: z
    .string()
    .min(1)
    .describe('32 bytes in base64 that wrap credentials; several with commas for rotation, the first writes'),
});

/** The environment's settings, nested by the module that uses them. A module takes its own slice. */
export class GatewayConfig {
  constructor(
    readonly http: {
      readonly port: number;
      readonly bind: string;
      /** Largest body of one request. */
      readonly bodyBytes: number;
      /** Largest sum of the bodies that this process holds at a time. */
      readonly bodiesInFlightBytes: number;
      /** How long streams may go on after SIGTERM. */
      readonly drainMs: number;
      /** Responses that this process runs in the background at a time. */
      readonly backgroundResponses: number;
    },
    readonly node: {
      /** This process' slot, from 0. */
      readonly slot: number;
      readonly processes: number;
      readonly adminPortBase: number;
      /** Spool, snapshot and node id live here. */
      readonly stateDir: string;
    },
    readonly databaseUrl: string,
    readonly redisUrl: string,
    /** Longest that a call waits for Redis. */
    readonly redisWaitMs: number,
    /** Comma list of base64 keys; the first one writes. */
    readonly masterKey: string,
    readonly controlPlaneUrl: string,
    /** Where tenants' own endpoints may be besides public addresses. */
    readonly allowedAddresses: AddressGuard,
    readonly log: { readonly level: string },
  ) {}
}

/**
 * Reads the process' environment. The only place that does.
 * @throws Error that names every variable that is missing or wrong
 */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): GatewayConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The gateway's environment is not complete:\n${problems.join('\n')}`);
  }
  const env = parsed.data;
  const mib = 1024 * 1024;
  return new GatewayConfig(
    {
      port: env.GATEWAY_PORT,
      bind: env.BIND,
      bodyBytes: env.GATEWAY_BODY_MIB * mib,
      bodiesInFlightBytes: Math.max(env.GATEWAY_BODIES_IN_FLIGHT_MIB, env.GATEWAY_BODY_MIB) * mib,
      drainMs: env.GATEWAY_DRAIN_SECONDS * 1000,
      backgroundResponses: env.GATEWAY_BACKGROUND_RESPONSES,
    },
    {
      slot: env.GATEWAY_SLOT,
      processes: env.GATEWAY_PROCESSES ?? availableParallelism(),
      adminPortBase: env.GATEWAY_ADMIN_PORT_BASE,
      stateDir: env.GATEWAY_STATE_DIR,
    },
    env.DATABASE_URL,
    env.REDIS_URL,
    env.GATEWAY_REDIS_WAIT_MS,
    env.TRUNKLINE_MASTER_KEY,
    env.CONTROL_PLANE_URL,
    env.ALLOWED_PRIVATE_NETWORKS,
    { level: env.LOG_LEVEL },
  );
}
