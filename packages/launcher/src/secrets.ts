import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ServiceProblem } from '@trunkline/local-services';
import { writePrivateFile } from './private-file.js';
import { statePaths, type Settings } from './settings.js';
import { parseShellEnv } from './shell-env.js';

/** What only this installation knows. */
export interface Secrets {
  demoEmail: string;
  demoPassword: string;
  demoApiKey: string;
  operatorEmail: string;
  operatorPassword: string;
  simulatorToken: string;
  metricsToken: string;
  postgresPassword: string;
  redisPassword: string;
}

/** The file that an earlier start wrote; empty when there is none. */
export async function readDevEnv(settings: Settings): Promise<Record<string, string>> {
  const text = await readFile(statePaths(settings.stateDir).devEnv, 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new ServiceProblem(
        `${statePaths(settings.stateDir).devEnv} cannot be read (${error.code}): give it to the user who runs this.`,
      );
    },
  );
  return parseShellEnv(text);
}

/**
 * The environment wins, then what an earlier start wrote into `dev.env`, which is the only plain copy; what neither
 * has is made at random. The seed and the servers make the new ones valid and the old ones void.
 */
export function chooseSecrets(env: Settings['env'], devEnv: Readonly<Record<string, string>>): Secrets {
  const choose = (name: string, make: () => string) => env[name] || devEnv[name] || make();
  return {
    demoEmail: choose('DEMO_EMAIL', () => 'demo@trunkline.example'),
    demoPassword: choose('DEMO_PASSWORD', randomPassword),
    demoApiKey: choose('DEMO_API_KEY', () => `sk-tl-${randomBytes(32).toString('base64url')}`),
    operatorEmail: choose('OPERATOR_EMAIL', () => 'operator@trunkline.example'),
    operatorPassword: choose('OPERATOR_PASSWORD', randomPassword),
    simulatorToken: choose('SIMULATOR_TOKEN', randomPassword),
    metricsToken: choose('METRICS_TOKEN', randomPassword),
    postgresPassword: passwordOf(devEnv['DATABASE_URL']) ?? randomPassword(),
    redisPassword: passwordOf(devEnv['REDIS_URL']) ?? randomPassword(),
  };
}

/**
 * The key that wraps provider credentials: `TRUNKLINE_MASTER_KEY`, else the file, made on the first start.
 *
 * @throws ServiceProblem when it is not 32 bytes of base64
 */
export async function masterKey(settings: Settings): Promise<string> {
  const path = statePaths(settings.stateDir).masterKey;
  const given = settings.env['TRUNKLINE_MASTER_KEY'];
  const known = given || (await readFile(path, 'utf8').catch(() => '')).trim();
  if (known === '') {
    const made = randomBytes(32).toString('base64');
    await writePrivateFile(path, `${made}\n`);
    return made;
  }
  if (known.split(',').every((key) => Buffer.from(key, 'base64').length === 32)) return known;
  throw new ServiceProblem(
    `${given ? 'TRUNKLINE_MASTER_KEY' : path} is not a key: it holds 32 bytes in base64 (several with commas for rotation); put the right one back, for without it stored provider credentials cannot be read.`,
  );
}

const randomPassword = () => randomBytes(18).toString('base64url');

function passwordOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return decodeURIComponent(new URL(url).password) || undefined;
}
