import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type ControlPlaneClient = Client<paths>;
export type { paths as ControlPlanePaths };

/** Answers by their name in the OpenAPI document, e.g. `Schemas['ApiKey']`. */
export type Schemas = components['schemas'];

/**
 * A typed client of the control plane. In a browser `baseUrl` is left out: the page's own origin passes `/api/*` on.
 * @param options of openapi-fetch; on a server `baseUrl` is CONTROL_PLANE_URL and `headers` carry the visitor's cookie
 */
export function createControlPlaneClient(options: ClientOptions = {}): ControlPlaneClient {
  return createClient<paths>({ credentials: 'same-origin', ...options });
}
