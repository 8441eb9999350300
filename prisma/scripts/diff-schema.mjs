// Prints the SQL that leads from an older schema.prisma to the present one, as a start for a migration:
//   DATABASE_URL=… node scripts/diff-schema.mjs [file with the older schema]      (nothing: from an empty database)
// The two sides are compared as text; the engine only insists on any Postgres that answers, and reads nothing of it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { openSchemaEngine } from './schema-engine.mjs';

const target = join(dirname(import.meta.dirname), 'schema.prisma');
const older = process.argv[2];
const asFiles = (path) => ({ files: [{ path: 'schema.prisma', content: readFileSync(path, 'utf8') }] });
const url = new URL(process.env.DATABASE_URL);

const engine = await openSchemaEngine(
  new PrismaPg({
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  }),
);
const { stdout } = await engine.diff({
  from: older ? { tag: 'schemaDatamodel', ...asFiles(older) } : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', ...asFiles(target) },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(stdout ?? '');
engine.free();
process.exit(0);
