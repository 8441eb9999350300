export { OperatorModule } from './operator.module.js';
export { addCredentials, hintOf } from './provider-entries.js';
