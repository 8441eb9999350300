// The table of who may import whom (docs/architecture.md). Each rule's comment is what its reader sees when it is broken.

const ours = '^(apps|packages|prisma|e2e|bench)/';
const notTests = '(\\.test\\.tsx?$|/test/|/testing/|__fixtures__|^e2e/|^bench/)';

/** One row of the table: what a workspace may import of ours, beside itself. */
function mayImport(name, from, allowed, comment) {
  const self = from.replace(/\/$/, '');
  return {
    name: `table-${name}`,
    severity: 'error',
    comment,
    from: { path: `^${self}/`, pathNot: notTests },
    to: { path: ours, pathNot: [`^${self}/`, ...allowed.map((folder) => `^${folder}/`)] },
  };
}

const packages = (...names) => names.map((name) => `packages/${name}`);

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'A cycle means two files that cannot be understood, tested or loaded apart. Move what both need into a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      comment: 'The import leads nowhere: a typo, or a package that this package.json does not declare.',
      from: { path: ours },
      // Next itself provides `server-only`.
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
    mayImport(
      'contracts',
      'packages/contracts',
      [],
      'contracts is the language that all parts share: it imports none of them.',
    ),
    mayImport(
      'errors',
      'packages/errors',
      packages('contracts'),
      'errors is a table and envelopes: it knows contracts alone.',
    ),
    mayImport(
      'providers',
      'packages/providers',
      packages('contracts'),
      'providers depends on contracts alone, so that an adapter can be tested with a string.',
    ),
    mayImport(
      'catalog',
      'packages/catalog',
      packages('contracts'),
      'catalog is data with a schema: it knows contracts alone.',
    ),
    mayImport(
      'config-file',
      'packages/config-file',
      packages('contracts', 'catalog'),
      'config-file reads a file; whether a provider makes sense is asked by who applies it.',
    ),
    mayImport(
      'outbound',
      'packages/outbound',
      packages('contracts'),
      'outbound opens connections on the word of others; it knows what an inward address is, and nothing of the product.',
    ),
    mayImport(
      'pricing',
      'packages/pricing',
      packages('contracts'),
      'pricing is pure arithmetic: it knows contracts alone.',
    ),
    mayImport(
      'tokens',
      'packages/tokens',
      packages('contracts'),
      'tokens is pure counting: it knows contracts alone.',
    ),
    mayImport(
      'prisma',
      'prisma',
      packages('contracts'),
      'prisma is schema, client, scope and transaction; repositories live in the modules that own the tables.',
    ),
    mayImport(
      'routing',
      'packages/routing',
      packages('contracts', 'pricing', 'tokens'),
      'routing is a pure function from request, policy, catalog and prices to a plan.',
    ),
    mayImport(
      'queues',
      'packages/queues',
      packages('contracts', 'observability'),
      'queues holds definitions and producer; a handler here would make every producer load a consumer.',
    ),
    mayImport(
      'observability',
      'packages/observability',
      packages('contracts'),
      'observability is below everything: it knows contracts alone.',
    ),
    mayImport(
      'control-plane-client',
      'packages/control-plane-client',
      packages('contracts'),
      'the client is printed from the contracts’ OpenAPI and knows nothing else.',
    ),
    mayImport(
      'provider-simulator',
      'packages/provider-simulator',
      [],
      'The simulator imports nothing of ours, so that its counts can prove ours.',
    ),
    mayImport(
      'local-services',
      'packages/local-services',
      [],
      'local-services starts a Postgres and a Redis for anybody; it knows nobody.',
    ),
    mayImport(
      'launcher',
      'packages/launcher',
      packages('local-services', 'config-file'),
      'The launcher starts parts as processes; it must not load them.',
    ),
    mayImport(
      'gateway',
      'apps/gateway',
      [
        ...packages(
          'contracts',
          'errors',
          'providers',
          'catalog',
          'routing',
          'pricing',
          'tokens',
          'outbound',
          'queues',
          'observability',
          'secrets',
          'wallet-state',
        ),
        'prisma',
      ],
      'The gateway is made from these packages; control plane and dashboard are other processes.',
    ),
    mayImport(
      'control-plane',
      'apps/control-plane',
      [
        ...packages(
          'contracts',
          'errors',
          'catalog',
          // Its registry alone: docs/adr/0003-control-plane-reads-the-adapter-registry.md.
          'providers',
          'routing',
          'pricing',
          'tokens',
          'config-file',
          'outbound',
          'queues',
          'observability',
          'secrets',
          'wallet-state',
        ),
        'prisma',
      ],
      'The control plane configures calls and does not make them: the registry of adapters, no gateway.',
    ),
    mayImport(
      'dashboard',
      'apps/dashboard',
      packages('contracts', 'control-plane-client'),
      'The dashboard talks to the control plane through its printed client, never to the database.',
    ),
    {
      name: 'gateway-sql-only-in-projections',
      severity: 'error',
      comment:
        'SQL on the request path makes Postgres’ outage ours. Ask projections/, which loads what the control plane publishes and looks keys up.',
      from: { path: '^apps/gateway/src/', pathNot: ['^apps/gateway/src/projections/', notTests] },
      to: { path: '^prisma/' },
    },
    {
      name: 'simulator-only-in-tests',
      severity: 'error',
      comment:
        'Nothing of the product may be able to tell the simulator from a provider. Tests and npm start launch it.',
      from: { path: ours, pathNot: [notTests, '^packages/provider-simulator/'] },
      to: { path: '^packages/provider-simulator/' },
    },
    {
      name: 'test-tools-only-in-tests',
      severity: 'error',
      comment: 'What tests use must not be shipped.',
      from: { path: ours, pathNot: [notTests, '^packages/testing/'] },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'adapters-are-islands',
      severity: 'error',
      comment:
        'An adapter that imports another breaks with it. What two share belongs into openai-compatible/ or framing/.',
      from: { path: '^packages/providers/src/adapters/([^/]+)/' },
      to: { path: '^packages/providers/src/adapters/', pathNot: '^packages/providers/src/adapters/$1/' },
    },
    {
      name: 'only-the-registry-names-adapters',
      severity: 'error',
      comment:
        'Shared code asks for a property that the adapter declares, never who it is. registry.ts is the one list.',
      from: {
        path: ours,
        pathNot: ['^packages/providers/src/registry\\.ts$', '^packages/providers/src/adapters/', notTests],
      },
      to: { path: '^packages/providers/src/adapters/' },
    },
    {
      name: 'modules-through-their-face',
      severity: 'error',
      comment:
        'A module of the control plane is used through its index.ts; what lies behind may change without asking.',
      from: {
        path: '^apps/control-plane/src/(?!modules/)|^apps/control-plane/src/modules/([^/]+)/',
        pathNot: notTests,
      },
      to: {
        path: '^apps/control-plane/src/modules/.+/(?!index\\.ts$)[^/]+$',
        pathNot: '^apps/control-plane/src/modules/$1/',
      },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      comment: 'Routes use features, features use shared components. What two features need is shared.',
      from: { path: '^apps/dashboard/src/features/([^/]+)/' },
      to: { path: '^apps/dashboard/src/features/', pathNot: '^apps/dashboard/src/features/$1/' },
    },
    {
      name: 'shared-components-fetch-nothing',
      severity: 'error',
      comment: 'Shared components are given their data; fetching lives in a feature’s api/.',
      from: { path: '^apps/dashboard/src/components/' },
      to: { path: '^apps/dashboard/src/features/' },
    },
    {
      name: 'producers-load-no-consumers',
      severity: 'error',
      comment: 'Handlers load half of the control plane. Only worker entry points may import them.',
      from: {
        path: '^apps/control-plane/src/',
        pathNot: ['^apps/control-plane/src/workers/', '^apps/control-plane/src/worker', notTests],
      },
      to: { path: '^apps/control-plane/src/workers/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/\\.next/|/generated/|/node_modules/\\.)' },
    parser: 'swc',
    webpackConfig: { fileName: '.dependency-cruiser.resolve.cjs' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@trunkline/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
    progress: { type: 'none' },
  },
};
