// Stands where a part of the platform would be: listens on its ports, answers as little as the launcher asks for, and
// writes down what it saw. Which part it is, it knows from its path.
const { appendFileSync, readFileSync, existsSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const path = require('node:path');

const root = __dirname.slice(0, __dirname.search(/\/(apps|packages|prisma)\//));
const part = path.relative(root, __filename);
const { env } = process;
const seeded = path.join(root, 'seeded.json');

const ports = {
  'apps/control-plane/dist/main.js': [env.CONTROL_PLANE_PORT],
  'apps/control-plane/dist/worker.js': [env.WORKER_PORT],
  'apps/gateway/dist/main.js': [
    env.GATEWAY_PORT,
    Number(env.GATEWAY_ADMIN_PORT_BASE) + Number(env.GATEWAY_SLOT),
  ],
  'packages/provider-simulator/dist/main.js': [env.SIMULATOR_PORT],
  'apps/dashboard/node_modules/next/dist/bin/next': [process.argv[process.argv.indexOf('-p') + 1]],
};

writeFileSync(path.join(root, `${part.replaceAll('/', '_')}.env.json`), JSON.stringify(env));
if (existsSync(path.join(root, `${part.replaceAll('/', '_')}.fails`))) {
  console.error('it is meant to fail');
  process.exit(7);
}
if (part.endsWith('seed.js')) writeFileSync(seeded, JSON.stringify(env));

for (const port of ports[part] ?? []) {
  createServer((request, response) => {
    if (request.url !== '/v1/models') return response.end('ok');
    const known =
      request.headers.authorization === `Bearer ${JSON.parse(readFileSync(seeded, 'utf8')).DEMO_API_KEY}`;
    response.statusCode = known ? 200 : 401;
    response.end(JSON.stringify({ data: [{ id: 'x/other' }, { id: 'openai/gpt-4o-mini' }] }));
  }).listen({ port: Number(port), host: '127.0.0.1', reusePort: true });
}
process.on('SIGTERM', () => {
  appendFileSync(path.join(root, 'stops.log'), `${part}\n`);
  process.exit(0);
});
