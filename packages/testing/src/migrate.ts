import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Brings a database to the present schema, by the very command that production uses. */
export async function migrate(root: string, url: string): Promise<void> {
  await run(process.execPath, [join(root, 'prisma', 'dist', 'migrate-cli.js')], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production', NODE_OPTIONS: '' },
    timeout: 120_000,
  });
}
