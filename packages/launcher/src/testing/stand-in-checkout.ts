import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePorts } from '@trunkline/local-services';
import { readSettings, type Settings } from '../settings.js';

const scripts = [
  'prisma/dist/migrate-cli.js',
  'apps/control-plane/dist/seed.js',
  'apps/control-plane/dist/main.js',
  'apps/control-plane/dist/worker.js',
  'apps/gateway/dist/main.js',
  'packages/provider-simulator/dist/main.js',
  'apps/dashboard/node_modules/next/dist/bin/next',
];

const portVariables = [
  'GATEWAY_PORT',
  'GATEWAY_ADMIN_PORT_BASE',
  'CONTROL_PLANE_PORT',
  'CONTROL_PLANE_METRICS_PORT',
  'DASHBOARD_PORT',
  'SIMULATOR_PORT',
  'WORKER_PORT',
  'POSTGRES_PORT',
  'REDIS_PORT',
];

/** Where the tests keep a Redis that had to be fetched. */
const tools = join(import.meta.dirname, '..', '..', '..', '..', '.trunkline', 'debian');

/** A folder with the paths of a built checkout, in which each part is `stand-in.cjs`, and settings with free ports. */
export async function standInCheckout(catalogData: string): Promise<Settings> {
  const root = await mkdtemp(join(tmpdir(), 'launcher-'));
  for (const script of scripts) {
    await mkdir(join(root, dirname(script)), { recursive: true });
    await cp(join(import.meta.dirname, 'stand-in.cjs'), join(root, script));
  }
  const providers = join(root, 'packages', 'catalog', 'data', 'providers');
  await mkdir(providers, { recursive: true });
  await writeFile(join(providers, 'openai.json'), catalogData);
  await mkdir(join(root, '.trunkline'));
  await mkdir(tools, { recursive: true });
  await symlink(tools, join(root, '.trunkline', 'debian'));
  const first = await freePorts(portVariables.length);
  const ports = portVariables.map((name, index) => [name, String(first + index)]);
  return readSettings(root, {
    PATH: process.env['PATH'],
    GATEWAY_PROCESSES: '1',
    ...Object.fromEntries(ports),
  });
}
