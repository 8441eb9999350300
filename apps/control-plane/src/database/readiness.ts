import type { PrismaClient } from '@trunkline/prisma';

const READY_WAIT_MS = 2_000;

export interface Readiness {
  ready: boolean;
  /** Why not. */
  reasons: string[];
}

/** Whether Postgres answers. Redis is needed by one page alone, so that its absence takes no traffic away. */
export async function readiness(client: PrismaClient): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), READY_WAIT_MS);
  });
  const asked = client.$queryRaw`SELECT 1`.then(
    () => 'answered' as const,
    () => 'failed' as const,
  );
  const outcome = await Promise.race([asked, late]);
  clearTimeout(timer);
  return outcome === 'answered'
    ? { ready: true, reasons: [] }
    : { ready: false, reasons: ['Postgres does not answer'] };
}
