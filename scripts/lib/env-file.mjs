import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads `.env`, if there is one, into the environment; what is exported already wins. Tests never call this. */
export function readEnvFile() {
  const file = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.env');
  if (!existsSync(file)) return;
  if (process.loadEnvFile === undefined) {
    console.error(
      `${file} cannot be read by Node ${process.versions.node}: use Node 20.12 or later, or export its variables.`,
    );
    process.exit(1);
  }
  process.loadEnvFile(file);
}
