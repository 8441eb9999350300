// `npm test`. Runs on whatever Node there is, so nothing newer than Node 12's syntax stands in this file.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`The tests need Node 20 or later to start, and this is ${process.version}.`);
  process.exit(1);
}
void import('./lib/run-all-tests.mjs').then(({ runAllTests }) => runAllTests());
