import { controlPlaneUrl } from '@/lib/server/environment';

export const dynamic = 'force-dynamic';

/** Pages are of no use without the control plane behind them. */
export async function GET(): Promise<Response> {
  try {
    const answer = await fetch(`${controlPlaneUrl()}/healthz`, {
      signal: AbortSignal.timeout(2_000),
      cache: 'no-store',
    });
    if (answer.ok) return Response.json({ status: 'ready' });
    return Response.json(
      { status: 'not ready', reasons: [`control plane answered ${answer.status}`] },
      { status: 503 },
    );
  } catch {
    return Response.json(
      { status: 'not ready', reasons: ['control plane does not answer'] },
      { status: 503 },
    );
  }
}
