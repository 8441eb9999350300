export { NewPolicy } from './components/new-policy';
export { EditPolicy } from './components/edit-policy';
export { NewPolicyLink, PolicyList } from './components/policy-list';
export { PolicyDetail } from './components/policy-detail';
export { policyQuery, policyVersionsQuery } from './api/policy-queries';
