import { join } from 'node:path';
import { pinnedNode, root } from './prepare.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** How Jest is run here: on the pinned Node, with modules as Nest's packages need them. */
export const jest = [
  pinnedNode,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
];

/** Everything that needs no database and no browser, except the tests. */
export const staticChecks = [
  { name: 'types', command: [bin('turbo'), 'run', 'types', '--output-logs=errors-only'] },
  { name: 'types of the tests', command: [bin('tsc'), '-p', 'tsconfig.tests.json'] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware'] },
  { name: 'format', command: [bin('oxfmt'), '--check'] },
  {
    name: 'boundaries',
    command: [
      bin('depcruise'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...['apps', 'packages', 'prisma', 'e2e', 'bench'],
    ],
  },
  { name: 'dead code', command: [bin('knip'), '--no-progress', '--no-config-hints'] },
  { name: 'document references', command: [pinnedNode, join(root, 'scripts', 'check-doc-refs.mjs')] },
];
