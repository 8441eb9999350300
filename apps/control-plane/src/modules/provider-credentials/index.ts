export { addCredentials } from './seal-credentials.js';
