export { HealthModule } from './health.module.js';
export { readHealth } from './read-health.js';
