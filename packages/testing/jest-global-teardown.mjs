export default async function tearDownServices() {
  await globalThis.trunklineTestRun?.stop();
}
