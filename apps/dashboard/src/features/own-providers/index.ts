export { ownProvidersQuery } from './api/own-providers';
export { OwnProviderList } from './components/own-provider-list';
