export {
  provisionOrganization,
  provisionWithin,
  STANDARD_PLAN,
  type ProvisionOptions,
} from './provision-organization.js';
