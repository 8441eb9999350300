export { fleetHealthQuery } from './api/fleet-health';
export { FleetHealth } from './components/fleet-health';
