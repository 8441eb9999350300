import { z } from 'zod';
import { uuid } from '../ids.js';
import { errorAnswer } from './error-answer.js';
import { componentSchemas } from './registry.js';
import { controlPlaneRoutes, type RouteDefinition } from './routes.js';

type Json = Record<string, unknown>;

const UUID_PATTERN = z.toJSONSchema(uuid).pattern;

const reference = (id: string): string => `#/components/schemas/${id}`;
const dropNames = (schema: Json): Json =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'));

/** Leaves out what says nothing to a reader: a format's pattern, the bounds of every safe integer. */
function simplify({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
  if (jsonSchema['pattern'] === UUID_PATTERN) {
    delete jsonSchema['pattern'];
    jsonSchema['format'] = 'uuid';
  }
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
}

/** Schema of what clients send: defaults may be missing, values stand before coercion. */
function inputSchema(schema: z.ZodType): Json {
  const metadata = z.registry<Record<string, unknown>>();
  return dropNames(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata, override: simplify }) as Json,
  );
}

function answerReference(schema: z.ZodType): Json {
  const name = componentSchemas.get(schema)?.id;
  if (!name) throw new Error('every answer is a named component');
  return { $ref: reference(name) };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inputSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: field,
  }));
}

const failure = {
  description: 'An error',
  content: { 'application/json': { schema: answerReference(errorAnswer) } },
};

function operationOf(name: string, route: RouteDefinition): Json {
  const content = {
    'application/json': { schema: route.status === 204 ? {} : answerReference(route.answer) },
  };
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'public' ? { security: [] } : {}),
    'x-access': route.access,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: inputSchema(route.body) } },
          },
        }
      : {}),
    responses: {
      [route.status]: route.status === 204 ? { description: 'Done' } : { description: 'Done', content },
      default: failure,
    },
  };
}

/** The control plane's OpenAPI 3.1 document, made of the schemas and the table of routes. */
export function openApiDocument(): Json {
  const { schemas } = z.toJSONSchema(componentSchemas, { uri: reference, io: 'output', override: simplify });
  const components = Object.entries(schemas).map(([id, schema]) => [id, dropNames(schema as Json)] as const);
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<RouteDefinition>(controlPlaneRoutes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trunkline control plane',
      version: '1',
      description:
        'Management of organizations, keys, budgets, logs and money. Amounts are integers of nano-USD as strings of digits. Lists page by key.',
    },
    security: [{ session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(components.sort(([left], [right]) => (left < right ? -1 : 1))),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'trunkline.session_token' } },
    },
  };
}
