import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietEnvironment, root } from './prepare.mjs';

// What a test may know of the machine. No provider's key, no address of a running service, no port of ours.
const allowed =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|TZ|TERM|CI|NO_COLOR|FORCE_COLOR|CHROMIUM_PATH|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|npm_config_\w+|https?_proxy|no_proxy)$/i;

/** The environment that all tests run in. */
export function testEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => allowed.test(name));
  const keys = new Set(providerVariables());
  return { ...Object.fromEntries(kept.filter(([name]) => !keys.has(name))), ...quietEnvironment, ...extra };
}

function providerVariables() {
  const folder = join(root, 'packages', 'catalog', 'data', 'providers');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const provider = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return [...(provider.env ?? []), ...(provider.otherEnv ?? [])];
    });
}
