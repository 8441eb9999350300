import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, root } from '../scripts/lib/prepare.mjs';
import { stepPrinter } from '../scripts/lib/screen.mjs';
import { buildImage } from './dry-run/build-image.mjs';
import { problems, readCompose, readTargets, requiredVariables } from './dry-run/compose-file.mjs';
import { Container } from './dry-run/container.mjs';
import { Machine } from './dry-run/machine.mjs';

// `node deploy/dry-run.mjs`: runs docker-compose.yml and the Dockerfile step by step without Docker, for machines that
// have none. Commands, environment, order, health checks and stopping are the files' own; only images of others
// (Postgres, Redis) are replaced by local servers, and host names by free ports.

const say = stepPrinter(Date.now());
const folder = mkdtempSync(join(tmpdir(), 'trunkline-deploy-'));
chmodSync(folder, 0o755);
const image = join(folder, 'built');
mkdirSync(image);
const started = [];
const configFile = `providers:
  - id: dry-run
    protocol: openai
    baseUrl: http://10.0.0.5:8000/v1
    apiKey: \${KEY_OF_DRY_RUN}
    unlistedModels: allow
    defaultPrice: { input: "1", output: "2" }
`;

try {
  await dryRun();
  say('the compose file runs');
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
} finally {
  for (const each of started.reverse()) {
    await Promise.resolve(each.stop()).catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
  }
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function dryRun() {
  const secrets = { TRUNKLINE_MASTER_KEY: randomBytes(32).toString('base64') };
  const variables = Object.fromEntries(
    requiredVariables(root).map((name) => [name, secrets[name] ?? randomBytes(16).toString('hex')]),
  );
  Object.assign(variables, {
    OPERATOR_EMAIL: 'operator@trunkline.example',
    OPERATOR_PASSWORD: variables.POSTGRES_PASSWORD,
    OPENAI_API_KEY: 'sk-dry-run',
    TRUNKLINE_CONFIG: join(folder, 'trunkline.yaml'),
    KEY_OF_DRY_RUN: 'sk-dry-run',
  });
  writeFileSync(variables.TRUNKLINE_CONFIG, configFile);
  requireVariables(variables);
  const compose = readCompose(root, variables);
  const targets = readTargets(root);
  const wrong = problems(compose, targets);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  say(
    `${Object.keys(compose.services).length} services, each with image, health check and what it depends on`,
  );

  await buildImage(image, targets, say);
  const services = await import(
    pathToFileURL(join(root, 'packages', 'local-services', 'dist', 'index.js')).href
  );
  const servers = await startServers(services, compose, variables);
  const ports = await mapPorts(services, servers);
  const path = `${dirname(pinnedNode)}${delimiter}${process.env.PATH}`;
  const machine = new Machine({ image, volumes: join(folder, 'volumes'), path, dotEnv: variables, ports });
  await startInOrder(compose, targets, machine);
  await look(ports);
}

/** The file must refuse to start without its secrets. */
function requireVariables(variables) {
  for (const name of Object.keys(variables).filter((key) => requiredVariables(root).includes(key))) {
    let refused = false;
    try {
      readCompose(root, { ...variables, [name]: '' });
    } catch {
      refused = true;
    }
    if (!refused) throw new Error(`docker-compose.yml starts without ${name}`);
  }
}

async function startServers(services, compose, variables) {
  const postgres = await services.startPostgres({
    stateDir: folder,
    port: 0,
    password: variables.POSTGRES_PASSWORD,
  });
  started.push(postgres, { stop: () => services.removePostgresHome(folder) });
  // The flags of the compose file, as lines of configuration.
  const flags = compose.services.redis.command.slice(1);
  const settings = Object.fromEntries(
    flags.flatMap((flag, index) => (flag.startsWith('--') ? [[flag.slice(2), flags[index + 1]]] : [])),
  );
  const { requirepass: password, ...others } = settings;
  const redis = await services.startRedis({ stateDir: folder, port: 0, password, settings: others });
  started.push(redis);
  say('postgres and redis are healthy (local servers with the same settings)');
  return { postgres, redis };
}

async function mapPorts({ freePort }, { postgres, redis }) {
  const inside = { gateway: [8080, 8100], 'control-plane': [8081, 8083], worker: [8082], dashboard: [3000] };
  const ports = { postgres: { 5432: postgres.port }, redis: { 6379: redis.port } };
  for (const [name, list] of Object.entries(inside)) {
    ports[name] = Object.fromEntries(await Promise.all(list.map(async (port) => [port, await freePort()])));
  }
  return ports;
}

/** Each service once all that it depends on is healthy or done, as compose would. */
async function startInOrder(compose, targets, machine) {
  const ready = new Map([
    ['postgres', Promise.resolve()],
    ['redis', Promise.resolve()],
  ]);
  const begin = async (name) => {
    if (!ready.has(name)) ready.set(name, run(name));
    await ready.get(name);
  };
  const run = async (name) => {
    const service = compose.services[name];
    await Promise.all(Object.keys(service.depends_on ?? {}).map(begin));
    const container = new Container(name, service, targets[service.build.target], machine);
    container.start();
    started.push(container);
    if (service.healthcheck === undefined) await container.finish();
    else await container.healthy();
    say(`${name} is ${service.healthcheck === undefined ? 'done' : 'healthy'}`);
  };
  await Promise.all(Object.keys(compose.services).map(begin));
}

/** What an operator would look at first. */
async function look(ports) {
  const unknownKey = await fetch(`http://127.0.0.1:${ports.gateway[8080]}/v1/models`, {
    headers: { authorization: 'Bearer sk-tl-unknown' },
  });
  if (unknownKey.status !== 401)
    throw new Error(`the gateway answers ${unknownKey.status} to an unknown key, not 401`);
  const page = await fetch(`http://127.0.0.1:${ports.dashboard[3000]}/`, { redirect: 'follow' });
  if (!page.ok || !(page.headers.get('content-type') ?? '').includes('text/html'))
    throw new Error(`the dashboard answers ${page.status}`);
  say('the gateway refuses an unknown key, the dashboard shows a page');
}
