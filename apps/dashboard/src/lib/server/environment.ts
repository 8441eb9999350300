import 'server-only';

/** The only reader of `process.env`. Read at run time, so that one build serves every installation. */
function url(name: string, fallback: string): string {
  return (process.env[name] ?? fallback).replace(/\/$/, '');
}

export function controlPlaneUrl(): string {
  return url('CONTROL_PLANE_URL', 'http://127.0.0.1:8081');
}

export function gatewayUrl(): string {
  return url('GATEWAY_URL', 'http://127.0.0.1:8080');
}

/** Who may read the metrics; without it there are none. */
export function metricsToken(): string | null {
  return process.env['METRICS_TOKEN'] || null;
}
