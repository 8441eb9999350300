import { availableParallelism } from 'node:os';

// Jest runs on the pinned Node with --experimental-vm-modules: everything here is ESM, Nest's packages included.
const swc = (syntax) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true, tsx: syntax === 'tsx' },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
      target: 'es2024',
      keepClassNames: true,
    },
    sourceMaps: 'inline',
  },
];

const shared = {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/packages', '<rootDir>/prisma', '<rootDir>/bench'],
  testEnvironment: 'node',
  // Workspace packages are tested from their sources, never from a stale dist.
  testEnvironmentOptions: { customExportConditions: ['@trunkline/source', 'node', 'node-addons'] },
  resolver: '<rootDir>/packages/testing/jest-resolver.cjs',
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/apps/dashboard/src/$1' },
  transform: { '\\.ts$': swc('ts'), '\\.tsx$': swc('tsx') },
  modulePathIgnorePatterns: ['/dist/', '/\\.next/', '/\\.trunkline/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  watchPathIgnorePatterns: ['/\\.trunkline/', '/dist/'],
  setupFilesAfterEnv: ['<rootDir>/packages/testing/jest-timeout.mjs'],
};

const withServices = ['**/*.db.test.ts', '<rootDir>/apps/*/test/**/*.test.ts'];

export default {
  // A test waits for servers more than it computes.
  maxWorkers: Math.max(2, availableParallelism()),
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      testPathIgnorePatterns: [
        ...shared.testPathIgnorePatterns,
        '\\.db\\.test\\.ts$',
        '<rootDir>/apps/[^/]+/test/',
      ],
    },
    {
      ...shared,
      displayName: 'database',
      testMatch: withServices,
      globalSetup: '<rootDir>/packages/testing/jest-global-setup.mjs',
      globalTeardown: '<rootDir>/packages/testing/jest-global-teardown.mjs',
    },
    {
      // Whole platforms, killed and starved: one file at a time (--runInBand), on a built checkout.
      ...shared,
      displayName: 'platform',
      roots: ['<rootDir>/e2e'],
      testMatch: ['<rootDir>/e2e/**/*.test.ts'],
    },
  ],
};
