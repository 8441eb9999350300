import type { PrismaClient } from '@trunkline/prisma';
import { APIError } from 'better-auth/api';
import { isUnreachable } from '../../database/is-unreachable.js';

/**
 * The same client for the sign-in library, which takes a query that failed for a mistake of whoever signs up (422). Only
 * errors of its own kind pass through it: an outage becomes one.
 */
export function tellOutages(client: PrismaClient) {
  return client.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (cause) {
          if (!isUnreachable(cause)) throw cause;
          const error = new APIError('SERVICE_UNAVAILABLE', { message: 'The database does not answer.' });
          error.cause = cause;
          throw error;
        }
      },
    },
  });
}
