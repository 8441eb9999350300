export { compileSchema } from './compile-schema.js';
export { compileStrict } from './compile-strict.js';
export { ANNOTATIONS, type CompiledSchema, type SchemaDialect } from './dialect.js';
export { oneObject, withoutNulls } from './one-object.js';
export { namedSchema } from './named-schema.js';
