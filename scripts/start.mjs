// `npm start`. Runs on whatever Node there is, so nothing newer than Node 12's syntax stands in this file.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Trunkline needs Node 20 or later to start, and this is ${process.version}: install one from your system or https://nodejs.org.`,
  );
  process.exit(1);
}
void import('./lib/env-file.mjs')
  .then(({ readEnvFile }) => readEnvFile())
  .then(() => import('./lib/start-platform.mjs'))
  .then(({ startPlatform }) => startPlatform());
