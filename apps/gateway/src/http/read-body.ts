import type { IncomingMessage } from 'node:http';
import { AppError } from '@trunkline/errors';
import type { RequestContext } from '../pipeline/request-context.js';
import type { BodyBudget } from './body-budget.js';

/**
 * Of a body that is too large this much is read and thrown away, so that the client comes to read the answer instead of
 * a broken connection.
 */
const MAX_DISCARDED_BYTES = 128 * 1024 * 1024;

type Done = (error: Error | null, body?: Buffer) => void;

/**
 * Reads a request's body within the bounds of one request and of the process. What is held is counted on the context and
 * given back by whoever ends the request.
 */
export function readBody(
  payload: IncomingMessage,
  context: RequestContext,
  budget: BodyBudget,
  done: Done,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let discarded = 0;
  let refusal: AppError | null = declaredTooLarge(payload, budget.maxBodyBytes);
  let isOver = false;
  // The listeners stay: taking them off costs more than their silence.
  const finish = (error: Error | null) => {
    if (isOver) return;
    isOver = true;
    const held = chunks.splice(0);
    if (error) done(error);
    else done(null, held.length === 1 && held[0] ? held[0] : Buffer.concat(held, bytes));
  };
  payload.on('data', (chunk: Buffer) => {
    if (isOver) return;
    if (refusal) {
      discarded += chunk.length;
      if (discarded > MAX_DISCARDED_BYTES) finish(refusal);
      return;
    }
    refusal =
      bytes + chunk.length > budget.maxBodyBytes
        ? tooLarge(budget.maxBodyBytes)
        : hold(chunk.length, context, budget);
    if (refusal) {
      chunks.length = 0;
      discarded = chunk.length;
      return;
    }
    bytes += chunk.length;
    chunks.push(chunk);
  });
  payload.on('end', () => finish(refusal));
  payload.on('error', (error: Error) => finish(new AppError('invalid_request', { cause: error })));
  payload.on('close', () => {
    // Of every body, long after its end: an error costs a stack.
    if (!isOver) finish(new AppError('client_left'));
  });
}

function hold(bytes: number, context: RequestContext, budget: BodyBudget): AppError | null {
  try {
    budget.take(bytes);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  context.heldBodyBytes += bytes;
  return null;
}

function declaredTooLarge(payload: IncomingMessage, maxBytes: number): AppError | null {
  const declared = Number(payload.headers['content-length'] ?? 0);
  return declared > maxBytes ? tooLarge(maxBytes) : null;
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('request_too_large', {
    publicMessage: `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`,
  });
}
