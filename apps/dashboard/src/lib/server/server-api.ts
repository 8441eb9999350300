import 'server-only';

import { createControlPlaneClient } from '@trunkline/control-plane-client';
import { headers } from 'next/headers';
import type { Api } from '../api';
import { controlPlaneUrl } from './environment';

const TIMEOUT_MS = 8_000;

/** The control plane with the visitor's cookie, for the first paint. */
export async function serverApi(): Promise<Api> {
  const incoming = await headers();
  const passed: Record<string, string> = {};
  for (const name of ['cookie', 'user-agent', 'x-forwarded-for']) {
    const value = incoming.get(name);
    if (value) passed[name] = value;
  }
  return createControlPlaneClient({
    baseUrl: controlPlaneUrl(),
    headers: passed,
    fetch: (request: Request) =>
      fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }),
  });
}
