import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorDialect } from '@trunkline/errors';

/**
 * How a request is answered when something is wrong with it. The route decides, then the prefix: everything under
 * `…/messages`, and `…/models` with an `anthropic-version` header, speaks Anthropic; all else, unknown routes and
 * requests that cannot be read included, goes by prefix.
 */
export function dialectOf(url: string, headers: IncomingHttpHeaders): ErrorDialect {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const isOpenRouter = path.startsWith('/api/');
  const rest = isOpenRouter ? path.slice(4) : path;
  if (isBelow(rest, '/v1/messages')) return 'anthropic';
  if (headers['anthropic-version'] !== undefined && isBelow(rest, '/v1/models')) return 'anthropic';
  return isOpenRouter ? 'openrouter' : 'openai';
}

function isBelow(path: string, route: string): boolean {
  return path.startsWith(route) && (path.length === route.length || path[route.length] === '/');
}
