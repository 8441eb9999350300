import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './prepare.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Finds a Chromium, or fetches Debian's: installed as root, else unpacked below `.trunkline`.
 * Answers the variables that the browser tests need for it. Throws an error that says what to do.
 */
export async function provideChromium(say) {
  const present = process.env.CHROMIUM_PATH ?? onPath();
  if (present !== undefined) return { CHROMIUM_PATH: present };
  say('Chromium is not installed: fetching Debian’s package');
  if (process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) =>
      spawnSync('apt-get', ['-q', ...args], { env, stdio: 'ignore', timeout: 600_000 });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
    const installed = onPath();
    if (installed !== undefined) return { CHROMIUM_PATH: installed };
  }
  try {
    const { unpackDebianPackage } = await import(
      pathToFileURL(join(root, 'packages', 'local-services', 'dist', 'index.js')).href
    );
    const unpacked = await unpackDebianPackage(
      ['chromium', 'chromium-common', 'fonts-dejavu-core', 'fontconfig-config'],
      join(root, '.trunkline', 'debian'),
    );
    return {
      CHROMIUM_PATH: join(unpacked.root, 'usr', 'lib', 'chromium', 'chromium'),
      LD_LIBRARY_PATH: unpacked.libraryPath,
      FONTCONFIG_PATH: join(unpacked.root, 'etc', 'fonts'),
      XDG_DATA_DIRS: join(unpacked.root, 'usr', 'share'),
    };
  } catch (error) {
    throw new Error(
      `Chromium is missing and Debian's package could not be fetched (${error.message}): install it ("sudo apt-get install chromium"), or set CHROMIUM_PATH to one.`,
      { cause: error },
    );
  }
}

function onPath() {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not there.
      }
    }
  }
  return undefined;
}
