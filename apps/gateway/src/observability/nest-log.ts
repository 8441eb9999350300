import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@trunkline/observability';

/** Nest's own lines, through the process' logger. Its chatter at start is for debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug(String(message), { context });
  }

  debug(message: unknown, context?: unknown): void {
    this.logger.debug(String(message), { context });
  }

  verbose(message: unknown, context?: unknown): void {
    this.logger.debug(String(message), { context });
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn(String(message), { context });
  }

  error(message: unknown, stack?: unknown, context?: unknown): void {
    this.logger.error(String(message), { context, stack });
  }
}
