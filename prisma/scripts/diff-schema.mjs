// Prints the SQL that leads from an older schema.prisma to the present one, as a start for a migration:
//   DATABASE_URL=… node scripts/diff-schema.mjs [file with the older schema]      (nothing: from an empty database)
// The two sides are compared as text; the engine only insists on any Postgres that answers, and reads nothing of it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSchemaEngine, postgresAdapter } from './schema-engine.mjs';

const target = join(dirname(import.meta.dirname), 'schema.prisma');
const older = process.argv[2];
const asFiles = (path) => ({ files: [{ path: 'schema.prisma', content: readFileSync(path, 'utf8') }] });

const engine = await openSchemaEngine(postgresAdapter(process.env.DATABASE_URL));
const { stdout } = await engine.diff({
  from: older ? { tag: 'schemaDatamodel', ...asFiles(older) } : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', ...asFiles(target) },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(stdout ?? '');
// The engine's timers would keep the process.
process.exit(0);
