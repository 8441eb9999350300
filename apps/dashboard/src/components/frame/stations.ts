/** A page of the rail. */
export interface Station {
  /** Last part of the path. */
  page: string;
  label: string;
  /** Words by which the palette finds it as well. */
  keywords?: readonly string[];
}

/** A stretch of the rail: stations that belong together. */
export type Stretch = readonly Station[];

export const ORGANIZATION_RAIL: readonly Stretch[] = [
  [
    { page: 'overview', label: 'Overview', keywords: ['spend', 'home', 'charts'] },
    { page: 'requests', label: 'Requests', keywords: ['log', 'calls', 'traffic'] },
    { page: 'models', label: 'Models', keywords: ['catalog', 'prices', 'providers'] },
    { page: 'playground', label: 'Playground', keywords: ['chat', 'try'] },
  ],
  [{ page: 'policies', label: 'Policies', keywords: ['routing', 'failover', 'timeouts', 'rescue', 'hedge'] }],
  [
    { page: 'keys', label: 'Keys', keywords: ['api', 'secret', 'token'] },
    { page: 'budgets', label: 'Budgets', keywords: ['limit', 'cap'] },
    { page: 'wallet', label: 'Wallet', keywords: ['balance', 'ledger', 'credit', 'money'] },
  ],
  [
    {
      page: 'settings',
      label: 'Settings',
      keywords: ['project', 'members', 'own providers', 'byok', 'audit', 'account'],
    },
  ],
];

export const OPERATOR_RAIL: readonly Stretch[] = [
  [
    { page: 'tenants', label: 'Tenants', keywords: ['organizations', 'customers', 'credit'] },
    { page: 'providers', label: 'Providers', keywords: ['keys', 'entries'] },
    { page: 'prices', label: 'Price book', keywords: ['prices', 'offers', 'versions', 'catalog'] },
    { page: 'health', label: 'Health', keywords: ['breakers', 'open', 'status', 'credentials'] },
    { page: 'simulator', label: 'Simulator', keywords: ['faults', 'switches'] },
  ],
  [
    { page: 'jobs', label: 'Jobs', keywords: ['queues', 'spools'] },
    { page: 'ledger', label: 'Ledger', keywords: ['accounts', 'overrun', 'revenue'] },
    { page: 'audit', label: 'Audit', keywords: ['changes'] },
  ],
];
