import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@trunkline/observability';

/** Nest's own messages on the process' logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug(String(message), { context });
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn(String(message), { context });
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error(message instanceof Error ? message.message : String(message), {
      error: message,
      details,
    });
  }
}
