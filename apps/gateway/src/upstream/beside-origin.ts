import type { Origin } from './connection-pools.js';

/** The same origin for a route that stands beside the base URL's path, whose end is taken away. */
export function besideOrigin(origin: Origin, besides: string | undefined): Origin {
  if (besides === undefined || !origin.pathPrefix.endsWith(besides)) return origin;
  return { ...origin, pathPrefix: origin.pathPrefix.slice(0, -besides.length) };
}
