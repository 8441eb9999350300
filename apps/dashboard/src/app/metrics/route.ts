import { createHash, timingSafeEqual } from 'node:crypto';
import { metricsToken } from '@/lib/server/environment';
import { registry } from '@/lib/server/metrics';

export const dynamic = 'force-dynamic';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Prometheus' metrics of this process, for who has the token. */
export async function GET(request: Request): Promise<Response> {
  const token = metricsToken();
  if (token === null) return new Response('not found', { status: 404 });
  const given = request.headers.get('authorization') ?? '';
  if (!timingSafeEqual(digest(given), digest(`Bearer ${token}`))) {
    return new Response('unauthorized', { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  }
  return new Response(await registry().metrics(), { headers: { 'content-type': registry().contentType } });
}
