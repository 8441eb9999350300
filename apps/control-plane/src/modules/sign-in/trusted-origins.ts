import type { ControlPlaneConfig } from '../../config/environment.js';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Origins whose pages may change something: the dashboard's, and on a developer's machine all names of loopback. */
export function trustedOrigins({ urls }: Pick<ControlPlaneConfig, 'urls'>): string[] {
  const { dashboard, controlPlane } = urls;
  const url = new URL(dashboard);
  if (!LOOPBACK_NAMES.includes(url.hostname)) return [dashboard];
  const port = url.port ? `:${url.port}` : '';
  return [...LOOPBACK_NAMES.map((name) => `${url.protocol}//${name}${port}`), controlPlane];
}
