export { OrganizationPalette } from './components/organization-palette';
