export { onboardingQuery } from './api/onboarding-query';
export { FirstRequest } from './components/first-request';
export { NameOrganization } from './components/name-organization';
