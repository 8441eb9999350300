import { addressesOf } from './addresses.js';
import type { Secrets } from './secrets.js';
import { statePaths, type Settings } from './settings.js';

/** What the parts' environments are made from, once the servers run. */
export interface PlatformFacts {
  settings: Settings;
  secrets: Secrets;
  masterKey: string;
  databaseUrl: string;
  redisUrl: string;
  /** Whether providers are simulated. */
  simulated: boolean;
  /** The caller's environment without providers' keys, which only the seed gets. */
  inherited: Readonly<Record<string, string | undefined>>;
}

// npm's own would be taken for configuration by tools further down; log-ins are nobody's business but the seed's; a
// simulator of a shell that has read an earlier dev.env is not this one.
const keptBack = /^(npm_|INIT_CWD$|NODE_OPTIONS$|DEMO_|OPERATOR_|SIMULATOR_|TRUNKLINE_CONFIG$)/;

/** The variables that every part gets. */
export function commonEnvironment(facts: PlatformFacts): Record<string, string> {
  const { settings, secrets } = facts;
  const address = addressesOf(settings);
  const paths = statePaths(settings.stateDir);
  const inherited = Object.entries(facts.inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !keptBack.test(entry[0]),
  );
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    TRUNKLINE_DEMO: '1',
    TRUNKLINE_MASTER_KEY: facts.masterKey,
    DATABASE_URL: facts.databaseUrl,
    REDIS_URL: facts.redisUrl,
    BIND: settings.bind,
    GATEWAY_URL: address.gateway,
    CONTROL_PLANE_URL: address.controlPlane,
    DASHBOARD_URL: address.dashboard,
    GATEWAY_PORT: String(settings.ports.gateway),
    GATEWAY_PROCESSES: String(settings.gatewayProcesses),
    GATEWAY_ADMIN_PORT_BASE: String(settings.ports.gatewayAdminBase),
    GATEWAY_STATE_DIR: paths.gateway,
    CONTROL_PLANE_PORT: String(settings.ports.controlPlane),
    CONTROL_PLANE_METRICS_PORT: String(settings.ports.controlPlaneMetrics),
    DASHBOARD_PORT: String(settings.ports.dashboard),
    METRICS_TOKEN: secrets.metricsToken,
    WORKER_PORT: String(settings.ports.worker),
    MAILBOX_DIR: paths.mailbox,
    SIGNUP: settings.env['SIGNUP'] || 'open',
    SIGNUP_CREDIT_USD: settings.env['SIGNUP_CREDIT_USD'] || (facts.simulated ? '1' : '0'),
    ...(facts.simulated && {
      SIMULATOR_URL: address.simulator,
      SIMULATOR_PORT: String(settings.ports.simulator),
      SIMULATOR_TOKEN: secrets.simulatorToken,
      SIMULATOR_OFFERS_FILE: `${settings.root}/packages/catalog/data/simulator-offers.json`,
    }),
  };
}

/** What the seed gets beside: who may log in, and the real providers' keys. */
export function seedEnvironment(facts: PlatformFacts): Record<string, string> {
  const { secrets, settings } = facts;
  const given = Object.entries(settings.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !(entry[0] in facts.inherited),
  );
  return {
    ...commonEnvironment(facts),
    ...Object.fromEntries(given),
    ...(settings.configFile !== undefined && { TRUNKLINE_CONFIG: settings.configFile }),
    DEMO_EMAIL: secrets.demoEmail,
    DEMO_PASSWORD: secrets.demoPassword,
    DEMO_API_KEY: secrets.demoApiKey,
    OPERATOR_EMAIL: secrets.operatorEmail,
    OPERATOR_PASSWORD: secrets.operatorPassword,
  };
}

/** What `dev.env` tells: everything that someone needs to use, try and test this installation. */
export function devEnvironment(facts: PlatformFacts, embedded: readonly string[]): Record<string, string> {
  const { secrets, settings } = facts;
  const address = addressesOf(settings);
  return {
    GATEWAY_URL: address.gateway,
    CONTROL_PLANE_URL: address.controlPlane,
    DASHBOARD_URL: address.dashboard,
    SIMULATOR_URL: facts.simulated ? address.simulator : '',
    SIMULATOR_TOKEN: secrets.simulatorToken,
    METRICS_TOKEN: secrets.metricsToken,
    DATABASE_URL: facts.databaseUrl,
    REDIS_URL: facts.redisUrl,
    DEMO_API_KEY: secrets.demoApiKey,
    DEMO_EMAIL: secrets.demoEmail,
    DEMO_PASSWORD: secrets.demoPassword,
    OPERATOR_EMAIL: secrets.operatorEmail,
    OPERATOR_PASSWORD: secrets.operatorPassword,
    MAILBOX_DIR: statePaths(settings.stateDir).mailbox,
    // Which of the addresses above are ours to start, in case a shell that has read this file starts us again.
    TRUNKLINE_EMBEDDED: embedded.toSorted().join(' '),
  };
}
