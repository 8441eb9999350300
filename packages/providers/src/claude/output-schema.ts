/** Keywords that structured outputs refuse. https://platform.claude.com/docs/en/build-with-claude/structured-outputs */
const UNSUPPORTED = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'propertyNames',
  '$schema',
]);

/**
 * A JSON schema that structured outputs take: objects are closed, and what cannot be enforced is told to the model in
 * the description instead. The client's schema is not changed.
 */
export function toOutputSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toOutputSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  const written: Record<string, unknown> = {};
  const untold: string[] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (UNSUPPORTED.has(key) || (key === 'minItems' && Number(value) > 1)) {
      if (key !== '$schema') untold.push(`${key}: ${JSON.stringify(value)}`);
    } else if (key === 'properties' || key === '$defs' || key === 'definitions') {
      written[key] = mapValues(value);
    } else {
      // Literals are values, not schemas.
      written[key] =
        key === 'enum' || key === 'const' || key === 'default' || key === 'examples'
          ? value
          : toOutputSchema(value);
    }
  }
  const { type, description } = written;
  if (type === 'object' || written['properties'] !== undefined) written['additionalProperties'] = false;
  if (untold.length > 0) {
    const told = `{${untold.join(', ')}}`;
    written['description'] = typeof description === 'string' ? `${description} ${told}` : told;
  }
  return written;
}

function mapValues(schemas: unknown): unknown {
  if (schemas === null || typeof schemas !== 'object') return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toOutputSchema(schema)]));
}
