import { parseUsd } from '@trunkline/contracts';
import { AddressGuard } from '@trunkline/outbound';
import { readMasterKeys, type MasterKeys } from '@trunkline/secrets';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const emptyIsMissing = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
const origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin);
const usd = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'US dollars such as 1 or 0.50')
  .transform(parseUsd);

/** Every variable that control plane and worker read; docs/configuration.md is printed from schemas like this one. */
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
    .describe('address that the API listens on; metrics and worker stay on loopback'),
  CONTROL_PLANE_PORT: port.default(8081).describe('port of the management API'),
  CONTROL_PLANE_METRICS_PORT: port.default(8083).describe('metrics of the control plane, on loopback'),
  WORKER_PORT: port.default(8082).describe('health and metrics of the worker, on loopback'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Postgres'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('largest number of connections of a process to Postgres'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).describe('Redis, with `noeviction`'),
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
    .transform((text, context) => {
      try {
        return readMasterKeys(text);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : 'unreadable');
        return z.NEVER;
      }
    })
    .describe('32 bytes in base64 that wrap credentials; several with commas for rotation, the first writes'),
  TRUNKLINE_DEMO: z
    .string()
    .default('')
    .transform((text) => text === '1')
    .describe('`1` makes demo organization, sign-up credit, simulator and its switches; `npm start` sets it'),
  DASHBOARD_URL: origin
    .default('http://127.0.0.1:3000')
    .describe(
      'where people reach the dashboard; links in mails and the origin that sign-in trusts; `http://127.0.0.1:3000` when not set',
    ),
  CONTROL_PLANE_URL: emptyIsMissing(origin.optional()).describe(
    'where the control plane answers; its own port when not set',
  ),
  GATEWAY_URL: origin
    .default('http://127.0.0.1:8080')
    .describe('where clients reach the gateway; code samples show it; `http://127.0.0.1:8080` when not set'),
  TRUSTED_PROXIES: z
    .string()
    .default('127.0.0.0/8,::1/128')
    .describe('addresses or networks of proxies whose `x-forwarded-for` is believed'),
  SIGNUP: z.enum(['open', 'invite', 'closed']).default('open').describe('who may sign up'),
  SIGNUP_CREDIT_USD: emptyIsMissing(usd.optional()).describe(
    'what a new organization starts with; 1 with the simulator, else 0, when not set',
  ),
  SMTP_URL: emptyIsMissing(z.url({ protocol: /^smtps?$/ }).optional()).describe(
    'server that sends mails; without it each mail is a file',
  ),
  MAIL_FROM: z.string().min(3).default('Trunkline <trunkline@localhost>').describe('sender of mails'),
  MAILBOX_DIR: emptyIsMissing(z.string().optional()).describe('folder for mails when there is no server'),
  SIMULATOR_URL: emptyIsMissing(origin.optional()).describe(
    'the provider simulator; heeded with `TRUNKLINE_DEMO` alone',
  ),
  SIMULATOR_TOKEN: emptyIsMissing(z.string().optional()).describe("token of the simulator's switches"),
});

/** The environment's settings, nested by the module that uses them. A module takes its own slice. */
export class ControlPlaneConfig {
  constructor(
    readonly http: {
      readonly port: number;
      readonly metricsPort: number;
      readonly bind: string;
      readonly trustedProxies: readonly string[];
    },
    readonly worker: { readonly port: number },
    readonly database: { readonly url: string; readonly poolSize: number },
    readonly redisUrl: string,
    readonly masterKeys: MasterKeys,
    /** Where tenants' own endpoints may be. */
    readonly addressGuard: AddressGuard,
    /** Origins without a path. */
    readonly urls: { readonly dashboard: string; readonly controlPlane: string; readonly gateway: string },
    readonly signup: {
      readonly mode: 'open' | 'invite' | 'closed';
      /** What a new organization starts with, in nano-USD. */
      readonly creditNanoUsd: bigint;
    },
    readonly mail: {
      readonly smtpUrl: string | undefined;
      readonly from: string;
      readonly mailboxDir: string;
    },
    /** `npm start`: demo organization, simulator and its switches. */
    readonly demo: boolean,
    readonly simulator: { readonly url: string; readonly token: string } | null,
    readonly log: { readonly level: string },
  ) {}
}

/**
 * Reads the process' environment. Besides the seed's own reader the only place that does.
 * @throws Error that names every variable that is missing or wrong, never its value
 */
export function readEnvironment(
  variables: Record<string, string | undefined> = process.env,
): ControlPlaneConfig {
  const env = parseEnvironment('The control plane', environment, variables);
  // Outside the demo there is no simulator, whatever the environment says.
  const simulator =
    env.TRUNKLINE_DEMO && env.SIMULATOR_URL
      ? { url: env.SIMULATOR_URL, token: env.SIMULATOR_TOKEN ?? '' }
      : null;
  return new ControlPlaneConfig(
    {
      port: env.CONTROL_PLANE_PORT,
      metricsPort: env.CONTROL_PLANE_METRICS_PORT,
      bind: env.BIND,
      trustedProxies: env.TRUSTED_PROXIES.split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    },
    { port: env.WORKER_PORT },
    { url: env.DATABASE_URL, poolSize: env.DATABASE_POOL },
    env.REDIS_URL,
    env.TRUNKLINE_MASTER_KEY,
    env.ALLOWED_PRIVATE_NETWORKS,
    {
      dashboard: env.DASHBOARD_URL,
      controlPlane: env.CONTROL_PLANE_URL ?? `http://127.0.0.1:${env.CONTROL_PLANE_PORT}`,
      gateway: env.GATEWAY_URL,
    },
    { mode: env.SIGNUP, creditNanoUsd: env.SIGNUP_CREDIT_USD ?? (simulator ? parseUsd('1') : 0n) },
    { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, mailboxDir: env.MAILBOX_DIR ?? 'mailbox' },
    env.TRUNKLINE_DEMO,
    simulator,
    { level: env.LOG_LEVEL },
  );
}

/** @throws Error that names every variable that is missing or wrong */
export function parseEnvironment<Schema extends z.ZodType>(
  who: string,
  schema: Schema,
  variables: Record<string, string | undefined>,
): z.output<Schema> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${who}'s environment is not complete:\n${problems.join('\n')}`);
}
