export { ConfigFileError } from './config-file-error.js';
export { parseConfigFile, readConfigFile, type ConfigFile } from './read-config-file.js';
export type { DeclaredProvider } from './schema.js';
