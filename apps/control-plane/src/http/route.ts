import {
  applyDecorators,
  Body,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  SetMetadata,
} from '@nestjs/common';
import {
  controlPlaneRoutes,
  type ControlPlaneRouteName,
  type RouteDefinition,
} from '@trunkline/contracts/control-plane';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };
export const ROUTE = Symbol('control plane route');

const definition = (name: ControlPlaneRouteName): RouteDefinition => controlPlaneRoutes[name];

/** Binds a controller's method to its row in the table of routes: method, path, status and who may call it. */
export function Route(name: ControlPlaneRouteName): MethodDecorator {
  const route = definition(name);
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
  return applyDecorators(METHODS[route.method](path), HttpCode(route.status), SetMetadata(ROUTE, name));
}

function schemaOf(name: ControlPlaneRouteName, part: 'params' | 'query' | 'body') {
  const schema = definition(name)[part];
  if (!schema) throw new Error(`route ${name} has no ${part}`);
  return { schema };
}

/** The route's path parameters, checked by its schema. */
export const Params = (name: ControlPlaneRouteName): ParameterDecorator => Param(schemaOf(name, 'params'));
/** The route's query, checked and coerced by its schema. */
export const QueryOf = (name: ControlPlaneRouteName): ParameterDecorator => Query(schemaOf(name, 'query'));
/** The route's body, checked by its schema. */
export const BodyOf = (name: ControlPlaneRouteName): ParameterDecorator => Body(schemaOf(name, 'body'));
