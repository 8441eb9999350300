/** Of Prisma, pg, Postgres and the operating system: nobody answered, or not in time. */
const CODES = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', '57P01', '57P03', '57014', '55P03'],
]);
const MESSAGES =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Can't reach database server|Server has closed the connection/;

/** Whether an error of the database says that the same may succeed in a moment. */
export function isUnreachable(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return MESSAGES.test(String(thrown));
  const { message } = thrown as { message?: unknown };
  return CODES.has(databaseCode(thrown)) || (typeof message === 'string' && MESSAGES.test(message));
}

/** The code of an error of Prisma, pg or Postgres; '' where it has none. */
export function databaseCode(thrown: object): string {
  const { code, meta } = thrown as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  const driverCode = meta?.driverAdapterError?.cause?.originalCode;
  // Postgres' own code says more than Prisma's name for a group of them.
  return [driverCode, code].find((value) => typeof value === 'string') ?? '';
}
