export { tenantsQuery } from './api/tenants-query';
export { TenantTable } from './components/tenant-table';
