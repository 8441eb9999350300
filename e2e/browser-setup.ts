import { startPlatform } from './support/platform.js';

/** Starts a platform on free ports and gives its `dev.env` to the tests as environment; answers how to stop it. */
export default async function setUpBrowserTests(): Promise<() => Promise<void>> {
  const platform = await startPlatform();
  Object.assign(process.env, platform.env, { TRUNKLINE_STATE_DIR: platform.stateDir });
  return () => platform.stop();
}
