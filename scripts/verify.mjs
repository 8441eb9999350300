import { delimiter, join } from 'node:path';
import { pnpmFolder, quietEnvironment, root } from './lib/prepare.mjs';
import { runChecks } from './lib/run-checks.mjs';
import { jest, staticChecks } from './lib/static-checks.mjs';

// `pnpm verify`: the fast checks. The catalog's own check is one of the unit tests.
const startedAt = Date.now();
const unitTests = { name: 'unit tests', command: [...jest, '--selectProjects', 'unit'] };
const failed = await runChecks([staticChecks[0], unitTests, ...staticChecks.slice(1)], {
  cwd: root,
  env: {
    ...process.env,
    ...quietEnvironment,
    PATH: [join(root, 'node_modules', '.bin'), pnpmFolder(), process.env.PATH].join(delimiter),
  },
});
console.log(
  `\n${failed.length === 0 ? 'all is well' : `failed: ${failed.join(', ')}`} (${Math.round((Date.now() - startedAt) / 1000)} s)`,
);
process.exit(failed.length === 0 ? 0 : 1);
