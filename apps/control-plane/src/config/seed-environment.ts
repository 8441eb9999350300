import { z } from 'zod';
import { type ControlPlaneConfig, parseEnvironment, readEnvironment } from './environment.js';

const password = z.string().min(10);

/** What the seed reads besides the variables of the control plane. */
export const seedEnvironment = z.object({
  OPERATOR_EMAIL: z.email().optional().describe('first operator, made when there is none'),
  OPERATOR_PASSWORD: password.optional().describe('its password'),
  DEMO_EMAIL: z.email().optional().describe('log-in of the demo organization; with `TRUNKLINE_DEMO` alone'),
  DEMO_PASSWORD: password.optional().describe('its password'),
  DEMO_API_KEY: z
    .string()
    .regex(/^sk-tl-[A-Za-z0-9_-]{43}$/, 'sk-tl- and 43 characters')
    .optional()
    .describe('its API key'),
  TRUNKLINE_CONFIG: z
    .string()
    .optional()
    .describe('the configuration file; its providers are made so (docs/configuration-file.md)'),
});

export interface Person {
  email: string;
  password: string;
}

export interface SeedConfig {
  controlPlane: ControlPlaneConfig;
  operator: Person | null;
  /** With `TRUNKLINE_DEMO=1` alone. */
  demo: (Person & { apiKey: string }) | null;
  /** Path of the configuration file. */
  file: string | null;
  /** Where providers' keys are looked for, by the names that the catalog gives them. */
  variables: Readonly<Record<string, string | undefined>>;
}

/** Reads the process' environment for the seed. @throws Error that names every variable that is missing or wrong */
export function readSeedEnvironment(variables: Record<string, string | undefined> = process.env): SeedConfig {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const controlPlane = readEnvironment(set);
  const env = parseEnvironment('The seed', seedEnvironment, set);
  const person = (email: string | undefined, secret: string | undefined): Person | null =>
    email && secret ? { email, password: secret } : null;
  const demo = controlPlane.demo ? person(env.DEMO_EMAIL, env.DEMO_PASSWORD) : null;
  return {
    controlPlane,
    operator: person(env.OPERATOR_EMAIL, env.OPERATOR_PASSWORD),
    demo: demo && env.DEMO_API_KEY ? { ...demo, apiKey: env.DEMO_API_KEY } : null,
    file: env.TRUNKLINE_CONFIG ?? null,
    variables: set,
  };
}
