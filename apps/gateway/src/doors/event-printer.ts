import { errorResponse, type AppError } from '@trunkline/errors';
import type { AnswerPiece } from '@trunkline/providers';
import type { RequestContext } from '../pipeline/request-context.js';
import type { EndpointFacts, PiecePrinter } from './endpoint-door.js';

/** One typed event, as OpenAI writes them. */
export function eventFrame(event: Readonly<Record<string, unknown>>): string {
  return `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** An error inside a stream of typed events. */
export function errorEvent(error: AppError, context: Pick<RequestContext, 'id' | 'dialect'>): string {
  const { body } = errorResponse(error, context.dialect, context.id);
  return eventFrame({ type: 'error', ...body });
}

/** Passes typed events on, and keeps the last one until usage and cost are known. */
export class EventPrinter implements PiecePrinter {
  readonly contentType = 'text/event-stream; charset=utf-8';
  private last: Readonly<Record<string, unknown>> | null = null;

  constructor(
    private readonly context: RequestContext,
    private readonly usageOf: (facts: EndpointFacts) => object,
  ) {}

  print(piece: AnswerPiece): string | null {
    if (piece.kind === 'bytes') return null;
    if (!piece.isLast) return eventFrame(piece.event);
    this.last = piece.event;
    return null;
  }

  close(facts: EndpointFacts): string {
    return eventFrame({ ...this.last, usage: this.usageOf(facts), ...facts.additions });
  }

  fail(error: AppError): string {
    return errorEvent(error, this.context);
  }
}
