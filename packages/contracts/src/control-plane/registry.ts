import { z } from 'zod';

/** Names of schemas in the OpenAPI document: `#/components/schemas/<id>`. */
export const componentSchemas = z.registry<{ id: string }>();

/** Gives a schema of an answer its name in the OpenAPI document. */
export function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  componentSchemas.add(schema, { id });
  return schema;
}
