import { gatewayUrl } from '@/lib/server/environment';
import { passOn } from '@/lib/server/pass-on';

export const dynamic = 'force-dynamic';

/** The session's cookies stay here: the gateway gets the playground's token and nothing else that tells who it is. */
const ALLOWED = ['accept', 'authorization', 'content-type', 'user-agent', 'x-client-request-id'];

function handle(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/playground-stream/, '');
  if (!path.startsWith('/v1/')) return Promise.resolve(new Response(null, { status: 404 }));
  return passOn(request, gatewayUrl(), path, ALLOWED);
}

export { handle as GET, handle as POST };
