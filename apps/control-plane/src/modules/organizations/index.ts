export { slugOf } from './create-organization.js';
export { OrganizationsModule } from './organizations.module.js';
export {
  provisionOrganization,
  provisionWithin,
  STANDARD_PLAN,
  type ProvisionOptions,
} from './provision-organization.js';
