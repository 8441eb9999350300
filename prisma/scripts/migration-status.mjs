// Asks Prisma's own engine what it thinks of a database's migrations, and prints its answer as JSON:
//   DATABASE_URL=… node scripts/migration-status.mjs
// `history: null` means that everything is applied and nothing was edited.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSchemaEngine, postgresAdapter } from './schema-engine.mjs';

const folder = join(dirname(import.meta.dirname), 'migrations');
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

const engine = await openSchemaEngine(postgresAdapter(process.env.DATABASE_URL));
const status = await engine.diagnoseMigrationHistory({
  migrationsList: {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  },
  optInToShadowDatabase: false,
  filters: { externalTables: [], externalEnums: [] },
});
console.log(JSON.stringify(status));
// The engine's timers would keep the process.
process.exit(0);
