export { compileSchema } from './compile-schema.js';
export { compileStrict } from './compile-strict.js';
export type { CompiledSchema, SchemaDialect } from './dialect.js';
export { namedSchema } from './named-schema.js';
