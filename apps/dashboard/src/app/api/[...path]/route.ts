import { controlPlaneUrl } from '@/lib/server/environment';
import { passOn } from '@/lib/server/pass-on';

export const dynamic = 'force-dynamic';

function handle(request: Request): Promise<Response> {
  return passOn(request, controlPlaneUrl(), new URL(request.url).pathname);
}

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
