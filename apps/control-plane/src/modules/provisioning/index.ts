export { provisionOrganization, provisionWithin, STANDARD_PLAN } from './provision-organization.js';
