import { Injectable } from '@nestjs/common';
import { AppError } from '@trunkline/errors';
import { GatewayConfig } from '../config/environment.js';

/** Counts the bytes of request bodies that this process holds at a time. */
@Injectable()
export class BodyBudget {
  private heldBytes = 0;

  constructor(private readonly config: GatewayConfig) {}

  get maxBodyBytes(): number {
    return this.config.http.bodyBytes;
  }

  /** @throws AppError `overloaded` when the process holds too much already */
  take(bytes: number): void {
    if (this.heldBytes + bytes > this.config.http.bodiesInFlightBytes) {
      throw new AppError('overloaded', {
        publicMessage: 'This gateway is reading too many large requests at the moment.',
        retryAfterMs: 1_000,
      });
    }
    this.heldBytes += bytes;
  }

  give(bytes: number): void {
    this.heldBytes -= bytes;
  }

  get held(): number {
    return this.heldBytes;
  }
}
