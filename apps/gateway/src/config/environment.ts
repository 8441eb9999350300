import { availableParallelism } from 'node:os';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().int().positive();

/** Every variable that the gateway reads; docs/configuration.md is printed from schemas like this one. */
const environment = z.object({
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BIND: z.string().min(1).default('127.0.0.1'),
  GATEWAY_PORT: port.default(8080),
  GATEWAY_SLOT: z.coerce.number().int().nonnegative().default(0),
  GATEWAY_PROCESSES: positive.default(availableParallelism()),
  GATEWAY_ADMIN_PORT_BASE: port.default(8100),
  GATEWAY_STATE_DIR: z.string().min(1),
  GATEWAY_BODY_MIB: positive.max(512).default(32),
  GATEWAY_BODIES_IN_FLIGHT_MIB: positive.default(256),
  GATEWAY_DRAIN_SECONDS: positive.default(600),
  CONTROL_PLANE_URL: z.url().default('http://127.0.0.1:8081'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  TRUNKLINE_MASTER_KEY: z.string().min(1),
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
    /** Comma list of base64 keys; the first one writes. */
    readonly masterKey: string,
    readonly controlPlaneUrl: string,
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
    },
    {
      slot: env.GATEWAY_SLOT,
      processes: env.GATEWAY_PROCESSES,
      adminPortBase: env.GATEWAY_ADMIN_PORT_BASE,
      stateDir: env.GATEWAY_STATE_DIR,
    },
    env.DATABASE_URL,
    env.REDIS_URL,
    env.TRUNKLINE_MASTER_KEY,
    env.CONTROL_PLANE_URL,
    { level: env.LOG_LEVEL },
  );
}
