export { OperatorPalette } from './components/operator-palette';
export { OrganizationPalette } from './components/organization-palette';
