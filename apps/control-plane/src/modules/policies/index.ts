export { PoliciesModule } from './policies.module.js';
export { requireUsablePolicy } from './require-usable-policy.js';
export { policyOfVersion } from './read-policies.js';
