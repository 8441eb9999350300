import { defineConfig } from 'prisma/config';

// For `prisma migrate deploy` and `prisma studio` where Prisma's own engine can be had; nothing of ours needs it.
const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(url ? { datasource: { url } } : {}),
});
